"""The declaration of accessibility as data: what staff fill in, section by section."""

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import COMMENTS_RELATION_NAME, Orderable
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

PAGE_ADDRESS = RegexValidator(
    r"^(/|https?://)\S*$", _("Write the address as /aktualnosci/wpis/ or with https:// in front.")
)


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


class DeclarationRow(Orderable):
    """What rows of the declaration share: nothing but their order."""

    class Meta(Orderable.Meta):
        abstract = True


class Barrier(DeclarationRow):
    """One thing that does not conform (heading "Niezgodność z załącznikiem")."""

    page = ParentalKey(DeclarationPage, on_delete=models.CASCADE, related_name="barriers")
    element = models.CharField(
        _("element"), max_length=160, help_text=_("For example: recording of the spring concert")
    )
    address = models.CharField(
        _("address of the page"),
        max_length=300,
        validators=[PAGE_ADDRESS],
        help_text=_("For example: /aktualnosci/koncert/"),
    )
    what = models.TextField(_("what is wrong"), help_text=_("In plain words, without names of standards."))
    effect = models.TextField(
        _("who cannot do what"), help_text=_("For example: a blind person will not learn what is seen.")
    )
    way_around = models.TextField(
        _("another way to the content"), help_text=_("For example: we describe the film by telephone.")
    )
    owner = models.CharField(
        _("who mends it"), max_length=120, blank=True, help_text=_("For staff only; not published.")
    )
    repair_on = models.DateField(_("mended by"), null=True, blank=True)
    finding = models.ForeignKey(
        "accessibility.Finding",
        verbose_name=_("finding"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="barriers",
    )

    panels = [
        FieldPanel("finding", widget=forms.HiddenInput, classname="w-hidden"),
        FieldRowPanel(["element", "address"]),
        "what",
        "effect",
        "way_around",
        FieldRowPanel(["owner", "repair_on"]),
    ]

    class Meta(DeclarationRow.Meta):
        verbose_name = _("barrier")

    def __str__(self):
        return self.element


class Exemption(DeclarationRow):
    """Content that the act does not cover (heading "Treści nieobjęte przepisami")."""

    page = ParentalKey(DeclarationPage, on_delete=models.CASCADE, related_name="exemptions")
    ground = models.CharField(_("why the act does not cover it"), max_length=12, choices=spec.EXEMPTION_CHOICES)
    element = models.CharField(
        _("element"), max_length=200, help_text=_("For example: recording of the jubilee of 3 May 2019")
    )
    address = models.CharField(_("address of the page"), max_length=300, blank=True, validators=[PAGE_ADDRESS])
    published_on = models.DateField(
        _("published on"),
        null=True,
        blank=True,
        help_text=_("Needed where the provision depends on a date."),
    )

    panels = ["ground", "element", FieldRowPanel(["address", "published_on"])]

    class Meta(DeclarationRow.Meta):
        verbose_name = _("content the act does not cover")

    def __str__(self):
        return self.element

    @property
    def legal_ground(self):
        """The point of art. 3 as `spec.ExemptionGround`."""
        return spec.EXEMPTION_GROUND[self.ground]


class ExcessiveCost(DeclarationRow):
    """An element whose repair would cost too much, with the assessment that shows it (art. 8)."""

    page = ParentalKey(DeclarationPage, on_delete=models.CASCADE, related_name="excessive_costs")
    element = models.CharField(_("element"), max_length=200, help_text=_("One element, never the whole site."))
    address = models.CharField(_("address of the page"), max_length=300, blank=True, validators=[PAGE_ADDRESS])
    reason = models.TextField(
        _("why the cost is excessive"),
        help_text=_("For example: rewriting 900 pages by hand would cost twice our yearly budget for the website."),
    )
    way_around = models.TextField(
        _("another way to the content"), help_text=_("For example: we read the chosen pages by telephone.")
    )
    assessment_url = models.CharField(
        _("address of the assessment"),
        max_length=300,
        blank=True,
        validators=[PAGE_ADDRESS],
        help_text=_("The published assessment under art. 8."),
    )
    assessment = models.TextField(
        _("or the assessment itself"),
        blank=True,
        help_text=_(
            "When it is published nowhere else: what was considered, the cost, who would gain, how often it is used. "
            "At least two sentences."
        ),
    )

    panels = [FieldRowPanel(["element", "address"]), "reason", "way_around", "assessment_url", "assessment"]

    class Meta(DeclarationRow.Meta):
        verbose_name = _("excessive cost")

    def __str__(self):
        return self.element


class Place(DeclarationRow):
    """A building and how it can be used; the first one is the main seat."""

    page = ParentalKey(DeclarationPage, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(_("name"), max_length=160, help_text=_("For example: Seat, village hall in Bojszów"))
    address = models.CharField(
        _("postal address"), max_length=200, help_text=_("Street and number, postal code, town.")
    )
    entrance = models.TextField(_("entrance"), blank=True, help_text=_("Steps, ramp, bell, width of the door."))
    corridors = models.TextField(
        _("corridors and stairs"), blank=True, help_text=_("Width, doors, stairs, handrails, marked edges.")
    )
    lifts = models.TextField(
        _("lifts"), blank=True, help_text=_("Where it goes, size of the cabin, voice, Braille; or that there is none.")
    )
    adaptations = models.TextField(
        _("adaptations"), blank=True, help_text=_("Ramps, induction loops, sound or touch guidance, toilet.")
    )
    parking = models.TextField(
        _("disabled parking"), blank=True, help_text=_("How many places and how far from the entrance.")
    )
    assistance_dog = models.TextField(
        _("assistance dog"), blank=True, help_text=_("For example: you can come in with an assistance dog.")
    )
    interpreter = models.TextField(
        _("sign-language interpreter on the spot"),
        blank=True,
        help_text=_("Whether there is one, and how long before to ask."),
    )

    panels = [
        FieldRowPanel(["name", "address"]),
        "entrance",
        "corridors",
        "lifts",
        "adaptations",
        "parking",
        "assistance_dog",
        "interpreter",
    ]

    class Meta(DeclarationRow.Meta):
        verbose_name = _("building")

    def __str__(self):
        return self.name


class DeclarationApp(DeclarationRow):
    """A mobile application of the institution."""

    page = ParentalKey(DeclarationPage, on_delete=models.CASCADE, related_name="apps")
    name = models.CharField(_("name"), max_length=120)
    download_url = models.URLField(_("where to download it"), help_text=_("Its page in the shop of applications."))
    declaration_url = models.URLField(
        _("its declaration of accessibility"), help_text=_("An application has a declaration of its own.")
    )

    panels = ["name", "download_url", "declaration_url"]

    class Meta(DeclarationRow.Meta):
        verbose_name = _("mobile application")

    def __str__(self):
        return self.name


class KeyboardShortcut(DeclarationRow):
    """A shortcut that only this site has."""

    page = ParentalKey(DeclarationPage, on_delete=models.CASCADE, related_name="shortcuts")
    keys = models.CharField(_("keys"), max_length=60, help_text=_("For example: Alt + 1"))
    action = models.CharField(_("what they do"), max_length=200, help_text=_("For example: opens the search"))

    panels = [FieldRowPanel(["keys", "action"])]

    class Meta(DeclarationRow.Meta):
        verbose_name = _("keyboard shortcut")

    def __str__(self):
        return self.keys


class EvidenceCheck(DeclarationRow):
    """One check of the site: the evidence behind the declaration."""

    class Method(models.TextChoices):
        AUTOMATIC = "automatic", _("automatic tool")
        MANUAL = "manual", _("by a person")
        USERS = "users", _("with people with disabilities")

    page = ParentalKey(DeclarationPage, on_delete=models.CASCADE, related_name="checks")
    checked_on = models.DateField(_("checked on"))
    method = models.CharField(_("how"), max_length=10, choices=Method)
    scope = models.TextField(
        _("what was checked"), help_text=_("For example: home page, programme, five events, the request form.")
    )
    tool = models.CharField(
        _("tool or list"), max_length=160, blank=True, help_text=_("For example: NVDA, keyboard, the ministry's list")
    )
    result = models.TextField(_("result"), help_text=_("What was found, and what was done about it."))
    checked_by = models.CharField(_("by whom (position)"), max_length=120, blank=True)

    panels = [FieldRowPanel(["checked_on", "method"]), "scope", FieldRowPanel(["tool", "checked_by"]), "result"]

    class Meta(DeclarationRow.Meta):
        verbose_name = _("check")

    def __str__(self):
        return f"{self.checked_on} {self.get_method_display()}"
