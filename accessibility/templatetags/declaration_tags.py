"""Words of the declaration that need an explanation beside them."""

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

register = template.Library()

ABBREVIATIONS = {
    "BIP": "Biuletyn Informacji Publicznej",
    "CSV": "plik z danymi w tabeli",
    "DOCX": "dokument edytora tekstu",
    "EPUB": "książka elektroniczna",
    "MMS": "wiadomość z obrazem lub filmem",
    "PDF": "dokument w układzie gotowym do druku",
    "PJM": "polski język migowy",
    "RPO": "Rzecznik Praw Obywatelskich",
    "SJM": "system językowo-migowy",
    "SMS": "wiadomość tekstowa",
    "WCAG": "wytyczne dotyczące dostępności treści internetowych",
}
KNOWN = re.compile(rf"(?<![\w@./-])({'|'.join(ABBREVIATIONS)})(?![\w@-])")


@register.filter
def explained(text):
    """The text with `abbr title` around every abbreviation that we can explain; everything else is escaped."""
    escaped = str(conditional_escape(text))
    marked = KNOWN.sub(lambda m: format_html('<abbr title="{}">{}</abbr>', ABBREVIATIONS[m[1]], m[1]), escaped)
    return mark_safe(marked)  # noqa: S308 - escaped above; what is added is formatted
