"""Nothing visible is left in English: every marked text has its Polish, and every visible text is marked."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines
from django.utils.functional import Promise
from django.utils.translation.template import templatize
from wagtail.images.models import AbstractRendition

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["mission", "accessibility", "programme", "gok_site"]
PYTHON = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SINGLE = {"_", "gettext", "gettext_lazy"}
PLURAL = {"ngettext", "ngettext_lazy"}
MARK = re.compile(r"""\b(n?gettext|_)\(u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")

# Templates whose words stand outside the translation on purpose.
LITERAL = {
    "accessibility/declaration/": "the wording of the law, which is a constant and not a translation",
    "accessibility/declaration_english.html": "a page in English on purpose",
    "400.html": "rendered before a language is known",
    "components/bare_page.html": "the frame of the pages here that are rendered when nothing else works",
    "405.html": "static like the other answers to odd requests: it must come out when nothing else works",
    "500.html": "rendered when nothing else works, translation included",
    "503.html": "rendered while the database is away, when a language can be asked of nobody",
}
# Text that needs no translation: signs, units, and what is the same in both languages.
NEUTRAL = re.compile(
    r"^[\W\d_]*$|^(BIP|PL|ETR|PJM|RSS|iCal|CSV|JSON|PDF|NIP|REGON|KRS|UA|EN|e-mail"
    r"|Deklaracja dostępności)$"  # the law's own words for the link
)


def name_of(path):
    return str(path.relative_to(ROOT / "templates"))


@pytest.fixture(scope="module")
def catalogue():
    """All Polish that the site has: its own, what it adds for Wagtail, and Django's."""
    folders = [ROOT / "locale", ROOT / "locale" / "wagtail"]
    catalogues = [gettext.translation("django", folder, ["pl"]) for folder in folders]
    return {key: text for found in catalogues for key, text in found._catalog.items() if text}


def names_in(node):
    """The name by which a call calls, and its constant string arguments."""
    called = node.func
    name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
    return name, [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]


def marked_in_python():
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name, texts = names_in(node)
                if texts and name in SINGLE | PLURAL:
                    yield path.relative_to(ROOT), texts[0], name in PLURAL


def marked_in_templates():
    """What Django's own collector finds in the templates."""
    for path in TEMPLATES:
        collected = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for name, text in MARK.findall(collected):
            yield path.relative_to(ROOT), ast.literal_eval(text), name == "ngettext"


def test_every_text_in_the_code_has_its_polish(catalogue):
    missing = [
        f"{where}: {text!r}"
        for where, text, is_plural in marked_in_python()
        if ((text, 0) if is_plural else text) not in catalogue
    ]
    assert missing == []


def test_every_text_in_the_templates_has_its_polish(catalogue):
    missing = [
        f"{where}: {text!r}"
        for where, text, is_plural in marked_in_templates()
        if ((text, 0) if is_plural else text) not in catalogue
    ]
    assert missing == []


def test_no_entry_is_fuzzy_or_empty_and_the_compiled_file_is_fresh():
    for domain in [
        "locale/pl/LC_MESSAGES/django",
        *("locale/wagtail/pl/LC_MESSAGES/" + d for d in ("django", "djangojs")),
    ]:
        source = (ROOT / f"{domain}.po").read_text(encoding="utf-8")
        assert "#, fuzzy" not in source
        entries = re.findall(r'^msgid "(?:.+|"\n".+)', source, re.MULTILINE)
        with (ROOT / f"{domain}.mo").open("rb") as compiled:
            found = gettext.GNUTranslations(compiled)._catalog
        singles = {key if isinstance(key, str) else key[0] for key in found if key}
        assert len(singles) == len(entries) - 1, domain  # the first is the header


@pytest.mark.parametrize(
    "path",
    [path for path in TEMPLATES if not name_of(path).startswith(tuple(LITERAL))],
    ids=lambda path: name_of(path),
)
def test_a_template_has_no_visible_words_outside_the_translation(path):
    source = path.read_text(encoding="utf-8")
    source = re.sub(r"{%\s*comment.*?endcomment\s*%}|<!--.*?-->", "", source, flags=re.DOTALL)
    source = re.sub(r"{%\s*blocktrans(late)?\b.*?endblocktrans(late)?\s*%}", "", source, flags=re.DOTALL)
    source = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", source, flags=re.DOTALL)
    spoken = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]+)"', source)
    source = re.sub(r"<(script|style|svg)\b.*?</\1>", "", source, flags=re.DOTALL)
    source = re.sub(r"<[^<>]*>", "\n", source)
    words = [line.strip() for line in [*source.splitlines(), *spoken] if line.strip()]
    assert [word for word in words if not NEUTRAL.match(word.replace("&nbsp;", ""))] == []


def our_models():
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return [model for model in models if not issubclass(model, AbstractRendition)]  # nobody edits those


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_names_and_help_of_every_field_are_translated(model):
    wrong = []
    if not isinstance(model._meta.verbose_name, Promise):
        wrong.append(model.__name__)
    for field in model._meta.local_fields + model._meta.local_many_to_many:
        is_shown = field.editable and not field.auto_created and not field.name.endswith("_ptr")
        is_shown = is_shown and field.name not in INTERNAL | wagtails_own(model)
        if is_shown and not isinstance(field.verbose_name, Promise):
            wrong.append(f"{field.name}: name")
        if is_shown and field.help_text and not isinstance(field.help_text, Promise):
            wrong.append(f"{field.name}: help")
    assert wrong == []


def wagtails_own(model):
    """The fields that a model has from Wagtail, which names them."""
    bases = [base for base in model.__mro__ if base.__module__.startswith("wagtail") and hasattr(base, "_meta")]
    return {field.name for base in bases for field in base._meta.get_fields()}


# Never in a form: the row's place and the page it belongs to.
INTERNAL = {
    "calendar",
    "sort_order",
    "settings",
    "centre",
    "event",
    "section",
    "group",
    "project",
    "venue",
    "page",
    "uid",
    "original_start",
}


def test_templates_load_at_all():
    """A template that does not parse would hide its words from the tests above."""
    for path in TEMPLATES:
        engines["django"].get_template(str(path.relative_to(ROOT / "templates")))
