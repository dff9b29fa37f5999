"""The public checker: anyone pastes or uploads a declaration's HTML; nothing is kept, nothing is fetched."""

from threading import BoundedSemaphore

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..hub.models import way_here
from . import validator
from .rules import ALL_RULES
from .uploads import LIMIT, InMemoryOnly

MEBIBYTE = 1024 * 1024
# A large page costs seconds of work; so many at once in one process, and others wait a little or come back.
CHECKS_AT_ONCE = BoundedSemaphore(2)
PATIENCE = 10  # seconds
TOO_MUCH = gettext_lazy("This is too much: at most 5 MB as a file, or about 2 MB as pasted text.")
BUSY = gettext_lazy("The checker is busy. Send the document once more in a moment.")


class DeclarationCheckForm(forms.Form):
    """HTML as text or as a file, one of them, at most 5 MB."""

    html = forms.CharField(
        label=gettext_lazy("HTML of the declaration"),
        help_text=gettext_lazy("Open the page, show its source, copy all of it and paste it here."),
        required=False,
        strip=False,
        max_length=LIMIT,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=gettext_lazy("or a file with the saved page"),
        help_text=gettext_lazy("At most 5 MB. The file is read once and not kept."),
        required=False,
    )

    use_required_attribute = False

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LIMIT:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        return file

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("html", "").strip() or cleaned.get("file")):
            self.add_error("html", _("Paste the HTML or choose a file."))
        return cleaned

    @property
    def content(self):
        """What to check: the file when there is one, otherwise the pasted text."""
        file = self.cleaned_data.get("file")
        return file.read() if file else self.cleaned_data["html"]

    @property
    def content_name(self):
        """What was checked, for the report."""
        file = self.cleaned_data.get("file")
        return _("file %(name)s") % {"name": file.name} if file else _("the pasted HTML")

    @property
    def error_links(self):
        return [(field.id_for_label, message) for field in self.visible_fields() for message in field.errors]


@csrf_exempt  # changes nothing and answers only the one who asks
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_declaration(request):
    """Show the form, and after a POST the report. The clock is read here; `validator.check` gets the day."""
    if request.method != "POST":
        return answer(request, DeclarationCheckForm())
    request.upload_handlers = [InMemoryOnly(request)]
    try:
        form = None if too_large(request) else DeclarationCheckForm(request.POST, request.FILES)
    except RequestDataTooBig:
        form = None
    if form is None:
        return answer(request, refused_form(TOO_MUCH), status=413)
    if not form.is_valid():
        return answer(request, form)
    if not CHECKS_AT_ONCE.acquire(timeout=PATIENCE):
        return answer(request, refused_form(BUSY), status=503)
    try:
        report = validator.check(form.content, at=timezone.localdate())
    finally:
        CHECKS_AT_ONCE.release()
    return answer(request, DeclarationCheckForm(), report=report, **presented(report), checked=form.content_name)


def presented(report):
    """The report in the order in which a person reads it: errors, warnings, then what could not be checked."""
    return {
        "groups": [(_("Errors"), report.errors), (_("Warnings"), report.warnings)],
        "not_checked": [rule for rule in ALL_RULES if rule.id in report.not_checked],
        "rules": len(ALL_RULES),
    }


def answer(request, form, status=200, **extra):
    context = {
        "title": _("Check a declaration of accessibility"),
        "breadcrumbs": way_here(request),
        "form": form,
        **extra,
    }
    return render(request, "accessibility/declaration_check.html", context, status=status)


def refused_form(message):
    form = DeclarationCheckForm({}, {})
    form.full_clean()
    form.errors.clear()
    form.add_error("file", message)
    return form


def too_large(request):
    """Whether the body is larger than a file of 5 MB can make it; read from its announced length."""
    try:
        length = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        return True
    return length > LIMIT + MEBIBYTE
