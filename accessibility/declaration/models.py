"""The declaration of accessibility as data: what staff fill in, section by section; its rows stand in `rows.py`."""

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import COMMENTS_RELATION_NAME
from wagtail.search import index

from mission.models import BasePage, CentreSettings

from ..audit.on_declaration import declaration_axe
from ..findings import agreement
from ..review.models import last_reviewed_on
from . import spec, validator
from .document import DeclarationDocument, described_places
from .editor import EDITOR
from .forms import DeclarationForm
from .printed import keep_printed
from .problems import problems
from .refusing import DeclarationRefused
from .routes import DeclarationRoutes
from .validator import SiteContext
from .versions import first_published, last_published


class Basis(models.TextChoices):
    """What the declaration was prepared from."""

    SELF = "self", _("our own check with the ministry's list")
    AUDIT = "audit", _("an audit by another body")
    CONTRACTOR = "contractor", _("a statement of the company that built the site")


class Interpreter(models.TextChoices):
    """Whether a sign-language interpreter can be reached online."""

    YES = "yes", _("yes")
    NO = "no", _("no")


class DeclarationPage(DeclarationRoutes, RoutablePageMixin, BasePage):
    """The declaration of accessibility (art. 10 of the act of 4 April 2019, technical conditions 2.0).

    Nearly everything may stay empty in a draft; `problems` says what keeps it from being published.
    """

    subject = models.CharField(
        _("full official name of the institution"),
        max_length=200,
        blank=True,
        help_text=_("As in the statute. Left empty, the name from the centre's data is used."),
    )
    site_published_on = models.DateField(
        _("website first published on"),
        null=True,
        blank=True,
        help_text=_("The day on which this website appeared at its address, not the day of this declaration."),
    )
    site_updated_on = models.DateField(
        _("last significant change on"),
        null=True,
        blank=True,
        help_text=_("A new look, a new section, a new tool. News and events are not significant changes."),
    )
    status = models.CharField(
        _("conformity"),
        max_length=10,
        choices=[
            (spec.Status.FULL, _("fully conforming: nothing is inaccessible")),
            (spec.Status.PARTIAL, _("partly conforming: the barriers are listed")),
            (spec.Status.NONE, _("not conforming: most of the site is inaccessible")),
        ],
        blank=True,
        help_text=_("Full conformity can be published only while no finding against the norm stands."),
    )
    drawn_up_on = models.DateField(
        _("declaration first drawn up on"),
        null=True,
        blank=True,
        help_text=_("Once published, this date never changes."),
    )
    last_review_on = models.DateField(
        _("last review on"),
        null=True,
        blank=True,
        help_text=_(
            "Every year by 31 March, and after each significant change. Once published, only the screen “Yearly "
            "review” sets this date."
        ),
    )
    basis = models.CharField(
        _("prepared from"),
        max_length=12,
        choices=Basis,
        blank=True,
        help_text=_("Our own check is enough for the act. Write under “Checks made” what was checked and how."),
    )
    basis_by = models.CharField(
        _("name of that body or company"),
        max_length=200,
        blank=True,
        help_text=_("Only for an audit or a statement: the full name, as on the report."),
    )
    basis_url = models.URLField(
        _("address of its report or statement"),
        blank=True,
        help_text=_("The whole address, for example https://example.org/raport-2026. The report has to be public."),
    )

    contact_unit = models.CharField(
        _("person or unit"), max_length=160, blank=True, help_text=_("Who answers questions about accessibility.")
    )
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("A shared box that somebody reads on every working day is best.")
    )
    telephone = models.CharField(
        _("telephone"), max_length=30, blank=True, help_text=_("With the area code, for example 32 123 45 67.")
    )

    online_interpreter = models.CharField(
        _("sign-language interpreter online"),
        max_length=3,
        choices=Interpreter,
        blank=True,
        help_text=_("The declaration has to say so either way."),
    )
    interpreter_note = models.CharField(
        _("how to reach the interpreter"), max_length=300, blank=True, help_text=_("Address, hours, notice needed.")
    )
    communication = models.TextField(
        _("ways of communication"),
        blank=True,
        help_text=_("Text message, e-mail, induction loop, help with writing. One way a line."),
    )
    architecture_url = models.URLField(
        _("address of a description elsewhere"),
        blank=True,
        help_text=_("Only when the buildings are described on another page; otherwise describe them below."),
    )
    improvements = models.TextField(
        _("better than required"),
        blank=True,
        help_text=_("Voluntary: what goes beyond the norm, for example easy-to-read texts. One thing a line."),
    )
    plans = models.TextField(
        _("plans of repair"),
        blank=True,
        help_text=_("Voluntary: what will be mended and when. One thing a line."),
    )

    fixed_slug = "deklaracja-dostepnosci"
    max_count_per_parent = 1
    subpage_types = []
    base_form_class = DeclarationForm
    edit_handler = EDITOR
    search_fields = [*BasePage.search_fields, index.SearchField("communication")]

    class Meta:
        verbose_name = _("declaration of accessibility")
        verbose_name_plural = _("declarations of accessibility")

    def full_clean(self, *args, **kwargs):
        self.set_fixed_words()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self.set_fixed_words()
        super().minimal_clean()

    def set_fixed_words(self):
        """The heading is law, and so is the text of every link to the page; the address is promised."""
        self.title = self.draft_title = spec.LINK_TEXT
        self.slug = self.fixed_slug

    def save(self, clean=True, **kwargs):
        """Refuse to go or to stay live with an error, by whatever way the page is being published."""
        if clean and self.live:
            self.full_clean()
        if is_about_content(kwargs.get("update_fields")):
            self.refuse_another_beginning()
            if self.live:
                self.refuse_problems(timezone.localdate())
        super().save(clean=clean, **kwargs)
        if self.live and is_about_content(kwargs.get("update_fields")):
            keep_printed(self, timezone.now())

    def problems(self, at):
        """What keeps the declaration from being published on the day `at` (a date): a list of `Problem`."""
        return problems(self, at)

    def refuse_problems(self, at):
        """Raise ValidationError when the declaration has a problem on the day `at` (a date)."""
        found = {}
        for problem in self.problems(at):
            # Rows and hidden fields have no place of their own in a model's error.
            field = problem.field if problem.field in self.own_fields else "__all__"
            found.setdefault(field, []).append(problem.message)
        if found:
            raise DeclarationRefused(self, found)

    def refuse_another_beginning(self):
        """Not even a declaration that was withdrawn forgets when it was first drawn up."""
        first = self.first_drawn_up_on
        if first and self.drawn_up_on != first:
            message = _("This date never changes after publication. It must stay %(day)s.")
            raise DeclarationRefused(self, {"drawn_up_on": [message % {"day": spec.worded(first)}]})

    def contradictions(self, at):
        """What the published declaration claims and the site's own findings deny on the day `at` (a date).

        Sentences, none while nothing is published. It stays in force until a person publishes a better one.
        """
        published = type(self).objects.live().filter(pk=self.pk).first() if self.pk else None
        return agreement.contradictions(published, at) if published else []

    @cached_property
    def site(self):
        """The Wagtail site of the declaration, or None while the page has no place in a tree."""
        return self.get_site() if self.path else None

    @cached_property
    def centre(self):
        """The centre's data (CentreSettings), or None while the page has no place in a tree."""
        return CentreSettings.for_site(self.site) if self.site else None

    def document(self, at, language="pl"):
        """The declaration as a `DeclarationDocument` on the day `at` (a date), in `language`."""
        site_url = f"{self.site.root_url}/" if self.site else "/"
        return DeclarationDocument(self, self.centre, site_url, at, language)

    def described_places(self, at):
        """The buildings as DeclarationPlace objects: own rows, then venues known to rooms above."""
        return described_places(self, self.site, at)

    def report(self, at):
        """The validator's report on this declaration, as it would be published on the day `at` (a date)."""
        document = self.document(at)
        context = SiteContext(
            url=document.site_url,
            subject=document.subject,
            is_demonstration=document.is_demonstration,
            forbidding=[agreement.text_of(finding) for finding in agreement.forbidding(self.site)],
            unlisted=[agreement.text_of(finding) for finding in agreement.unlisted(self)],
            axe=declaration_axe(self),
        )
        return validator.check(document.html(), at=at, context=context)

    @cached_property
    def own_fields(self):
        return {field.name for field in self._meta.fields}

    @property
    def first_drawn_up_on(self):
        """The drawing-up date that was published first, or None before any publication: it never changes."""
        if not self.pk:
            return None
        # Without Wagtail's log of publications, what the database has is what was published.
        stored = type(self).objects.filter(pk=self.pk).exclude(first_published_at=None)
        return first_published(self.pk, "drawn_up_on") or stored.values_list("drawn_up_on", flat=True).first()

    @property
    def proved_review_on(self):
        """The day of the last review that was carried out; before any, the day that was published; or None."""
        days = [last_published(self.pk, "last_review_on"), last_reviewed_on(self.site)]
        return max(filter(None, days), default=None)


# What Wagtail alone writes into a page's row when a draft is saved, locked or scheduled.
HOUSEKEEPING = {
    *("locked", "locked_at", "locked_by", "go_live_at", "expire_at", "expired", "numchild", "alias_of_id"),
    *("latest_revision", "latest_revision_created_at", "live_revision", "has_unpublished_changes", "draft_title"),
    COMMENTS_RELATION_NAME,
}


def is_about_content(update_fields):
    """Whether saving these fields (names, or None for all) may change what visitors read."""
    return update_fields is None or not HOUSEKEEPING.issuperset(update_fields)
