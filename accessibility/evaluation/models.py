"""The evaluation of a site by a person, criterion by criterion, in the structure of W3C's WCAG-EM."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from . import norm

ADDRESS = RegexValidator(r"^(/(?!/)|https?://)\S*$", _("Write the address as /program/ or with https:// in front."))


class Outcome(models.TextChoices):
    """The result of a test; the stored value is EARL's own word."""

    UNTESTED = "untested", _("not tested")
    PASSED = "passed", _("met")
    FAILED = "failed", _("not met")
    CANNOT_TELL = "cantTell", _("cannot tell")
    INAPPLICABLE = "inapplicable", _("does not apply")


#: Outcomes that say how the site is, the worst first.
DECIDED = (Outcome.FAILED, Outcome.PASSED, Outcome.INAPPLICABLE)


class TestMode(models.TextChoices):
    """Who or what did the test; the stored value is EARL's own word."""

    MANUAL = "manual", _("by a person")
    SEMI_AUTOMATIC = "semiAuto", _("by a person with a tool")
    AUTOMATIC = "automatic", _("by a tool alone")


class EvaluationState(models.TextChoices):
    """A draft is being filled in; what is finished does not change any more."""

    DRAFT = "draft", _("draft")
    FINISHED = "finished", _("finished")


class Target(models.TextChoices):
    """The level that the evaluation asks for."""

    AA = "AA", _("level AA (required by the act)")
    A = "A", _("level A")


class EvaluationQuerySet(models.QuerySet):
    def of(self, site):
        """Those of one centre's Wagtail `site`."""
        return self.filter(site=site)

    def finished(self):
        """Those that are public, the newest first."""
        return self.filter(state=EvaluationState.FINISHED).order_by("-finished_on", "-pk")


class Evaluation(models.Model):
    """One evaluation of one centre's site (WCAG-EM steps 1 to 5)."""

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+", editable=False)
    title = models.CharField(_("title"), max_length=160)
    edition = models.CharField(_("edition of the norm"), max_length=40, default=norm.CURRENT, editable=False)
    is_sample = models.BooleanField(_("sample entry"), default=False, editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=EvaluationState, default=EvaluationState.DRAFT, editable=False
    )

    scope = models.TextField(
        _("what is evaluated"),
        blank=True,
        help_text=_("The site and its parts. For example: all pages under this address and documents linked on them."),
    )
    out_of_scope = models.TextField(
        _("what is not"), blank=True, help_text=_("For example: the ticket shop of another company.")
    )
    conformance_target = models.CharField(_("target"), max_length=3, choices=Target, default=Target.AA)
    support_baseline = models.TextField(
        _("browsers and assistive technology"),
        blank=True,
        help_text=_("With what it has to work. For example: Firefox with NVDA, Safari with VoiceOver, keyboard alone."),
    )
    exploration = models.TextField(
        _("what was found on the site"),
        blank=True,
        help_text=_("Kinds of pages, main tasks of visitors, technologies: from these the sample is chosen."),
    )
    seed = models.CharField(_("mark of the draw"), max_length=16, editable=False)
    population = models.PositiveIntegerField(_("pages drawn from"), default=0, editable=False)

    evaluator = models.CharField(
        _("evaluated by (position)"),
        max_length=120,
        blank=True,
        help_text=_("Position, not name: this is published. For example: accessibility coordinator."),
    )
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    commissioned_by = models.CharField(_("commissioned by"), max_length=160, blank=True)
    started_on = models.DateField(_("started on"))
    finished_on = models.DateField(_("finished on"), null=True, blank=True, editable=False)
    statement = models.TextField(
        _("summary"), blank=True, help_text=_("A few sentences for the public: what works and what does not.")
    )

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="finished_evaluation_has_its_day",
                condition=~Q(state="finished") | Q(finished_on__isnull=False),
                violation_error_message=_("A finished evaluation has the day on which it was finished."),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def is_draft(self):
        return self.state == EvaluationState.DRAFT

    @cached_property
    def norm(self):
        """The edition of the norm by which it was made."""
        return norm.read_norm(self.edition)

    def rows(self):
        """(Criterion, CriterionResult) for every criterion in the norm's order; an unsaved result = not tested yet."""
        known = {result.criterion: result for result in self.results.all()}
        return [
            (criterion, known.get(criterion.id) or CriterionResult(evaluation=self, criterion=criterion.id))
            for criterion in self.norm.criteria.values()
        ]


class PageChoice(models.TextChoices):
    """Why a page is in the sample."""

    STRUCTURED = "structured", _("chosen")
    RANDOM = "random", _("drawn at random")
    PROCESS = "process", _("step of a process")


class SampledPage(models.Model):
    """A page, a state of one or a document that is tested in an evaluation."""

    evaluation = models.ForeignKey(
        Evaluation, verbose_name=_("evaluation"), on_delete=models.CASCADE, related_name="sample"
    )
    kind = models.CharField(_("how chosen"), max_length=10, choices=PageChoice, default=PageChoice.STRUCTURED)
    address = models.CharField(
        _("address"), max_length=500, validators=[ADDRESS], help_text=_("For example: /program/")
    )
    title = models.CharField(_("title"), max_length=255, blank=True)
    why = models.CharField(
        _("why"), max_length=200, blank=True, help_text=_("For example: the form that most visitors use.")
    )
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("page of the sample")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("evaluation", "address", name="one_place_in_a_sample_for_each_address")]

    def __str__(self):
        return self.title or self.address


class CriterionResult(models.Model):
    """What the test of one criterion on the sample showed."""

    evaluation = models.ForeignKey(
        Evaluation, verbose_name=_("evaluation"), on_delete=models.CASCADE, related_name="results"
    )
    criterion = models.CharField(max_length=12, editable=False)
    outcome = models.CharField(_("result"), max_length=12, choices=Outcome, default=Outcome.UNTESTED)
    mode = models.CharField(_("who tested"), max_length=9, choices=TestMode, default=TestMode.MANUAL)
    method = models.TextField(
        _("how it was tested"), blank=True, help_text=_("Empty: as the help for this criterion says.")
    )
    pages = models.ManyToManyField(
        SampledPage, verbose_name=_("on which pages"), blank=True, help_text=_("None chosen: on the whole sample.")
    )
    evidence = models.TextField(
        _("evidence"), blank=True, help_text=_("What was seen, with what tool. This is published.")
    )
    picture = models.ForeignKey(
        "mission.CentreImage",
        verbose_name=_("picture as evidence"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    tester = models.CharField(_("tested by (position)"), max_length=120, blank=True)
    tested_on = models.DateField(_("tested on"), null=True, blank=True)

    class Meta:
        verbose_name = _("result of a criterion")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("evaluation", "criterion", name="one_result_for_each_criterion")]

    def __str__(self):
        return f"{self.criterion}: {self.get_outcome_display()}"

    @property
    def is_failed(self):
        return self.outcome == Outcome.FAILED

    @property
    def shown_failures(self):
        """Where it is not met; rows that stayed from an earlier result say nothing any more."""
        return list(self.failures.all()) if self.is_failed else []

    @property
    def is_tested(self):
        return self.outcome != Outcome.UNTESTED


class Failure(models.Model):
    """One place at which a criterion is not met."""

    result = models.ForeignKey(
        CriterionResult, verbose_name=_("result of a criterion"), on_delete=models.CASCADE, related_name="failures"
    )
    element = models.CharField(_("element"), max_length=200, blank=True, help_text=_("For example: button “Search”."))
    address = models.CharField(
        _("address"), max_length=500, blank=True, validators=[ADDRESS], help_text=_("Empty: on every page.")
    )
    what = models.TextField(_("what is wrong"))
    mend = models.TextField(_("how to mend it"), blank=True)

    class Meta:
        verbose_name = _("failure")
        ordering = ["pk"]

    def __str__(self):
        return self.what
