"""What is wrong with the accessibility of a site, one row a cause: the facts that the declaration must agree with."""

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry as logs
from wagtail.models import Site


class FindingSource(models.TextChoices):
    """Who saw it."""

    AUDIT = "audit", _("automatic audit")
    MANUAL = "manual", _("test by a person")
    REPORT = "report", _("report of a visitor")


class FindingState(models.TextChoices):
    """What became of it."""

    OPEN = "open", _("open")
    ACCEPTED = "accepted", _("accepted as a barrier")
    REPAIRED = "repaired", _("repaired")
    DISPUTED = "disputed", _("disputed")
    COVERED = "covered", _("told by another finding")


# In these states a finding still says that something is wrong.
STANDING = [FindingState.OPEN, FindingState.ACCEPTED]
BY_URGENCY = [*STANDING, FindingState.DISPUTED, FindingState.REPAIRED, FindingState.COVERED]


class ConformanceLevel(models.TextChoices):
    """The level of the WCAG criterion that it fails; nothing for advice beyond the norm."""

    A = "A", "A"
    AA = "AA", "AA"


class FindingQuerySet(models.QuerySet):
    def of(self, site):
        """Those of one centre's Wagtail `site`."""
        return self.filter(site=site)

    def open(self):
        """Those that nobody has dealt with."""
        return self.filter(state=FindingState.OPEN)

    def accepted(self):
        """Those that the declaration has to list as barriers."""
        return self.filter(state=FindingState.ACCEPTED)

    def against_the_norm(self):
        """Those that fail a criterion of level A or AA; advice beyond the norm is left out."""
        return self.exclude(level="")

    def most_serious_first(self):
        """What nobody has dealt with before the rest; then by level, and by how many pages it is on."""
        return self.order_by(
            Case(*(When(state=state, then=rank) for rank, state in enumerate(BY_URGENCY)), default=len(BY_URGENCY)),
            Case(When(level=ConformanceLevel.A, then=0), When(level=ConformanceLevel.AA, then=1), default=2),
            "-pages_count",
            "-last_seen_at",
            "-pk",
        )

    def forbidding_full_conformity(self):
        """Those with which a site is not "w pełni zgodna": open or accepted ones against the norm."""
        return self.against_the_norm().filter(state__in=STANDING)


class Finding(models.Model):
    """One cause of inaccessibility at one centre, however many pages show it.

    `cause` is the same for the same cause in every check: it names the rule and the template or the page whose
    content is at fault. `places` is a list of {"address": path, "selector": CSS or "", "excerpt": HTML or text}.
    What was said when it was accepted (`element` … `repair_on`) is kept here, so that the declaration can list it
    again whatever became of a draft. One that another check has found too is told once: the later row is COVERED by
    the earlier one and lives on with its own cause, so that it is known when that check no longer sees it.
    """

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+", editable=False)
    source = models.CharField(_("found by"), max_length=8, choices=FindingSource)
    cause = models.CharField(max_length=200, editable=False)
    rule = models.CharField(_("rule"), max_length=60, blank=True)
    criterion = models.CharField(
        _("criterion"), max_length=12, blank=True, help_text=_("Number in WCAG, such as 1.4.3.")
    )
    level = models.CharField(_("level"), max_length=2, choices=ConformanceLevel, blank=True)
    message = models.TextField(_("what is wrong"))
    mend = models.TextField(_("how to mend it"), blank=True)
    is_content = models.BooleanField(_("in content that staff edit"), default=False)
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    address = models.CharField(_("address"), max_length=500, blank=True)
    places = models.JSONField(default=list, editable=False)
    pages_count = models.PositiveIntegerField(_("pages"), default=1)
    first_seen_at = models.DateTimeField(_("first seen"))
    last_seen_at = models.DateTimeField(_("last seen"))

    state = models.CharField(_("state"), max_length=8, choices=FindingState, default=FindingState.OPEN)
    reason = models.TextField(_("reason"), blank=True, help_text=_("Why it is disputed, or what was decided."))
    state_changed_at = models.DateTimeField(_("state since"))
    state_changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    covered_by = models.ForeignKey(
        "self",
        verbose_name=_("told by the finding"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="also_seen",
    )
    repaired_on = models.DateField(_("checked as repaired on"), null=True, blank=True)
    proof = models.CharField(
        _("the check that proved it"), max_length=300, blank=True, help_text=_("Which check no longer found it.")
    )

    element = models.CharField(_("element"), max_length=160, blank=True)
    what = models.TextField(_("what is wrong, in plain words"), blank=True)
    effect = models.TextField(_("who cannot do what"), blank=True)
    way_around = models.TextField(_("another way to the content"), blank=True)
    owner = models.CharField(_("who mends it"), max_length=120, blank=True)
    repair_on = models.DateField(_("mended by"), null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-last_seen_at", "-pk"]
        constraints = [
            models.UniqueConstraint("site", "source", "cause", name="one_finding_for_each_cause"),
            models.CheckConstraint(
                name="repaired_finding_has_a_dated_check",
                condition=~Q(state="repaired") | (Q(repaired_on__isnull=False) & ~Q(proof="")),
                violation_error_message=_("Say which check proved the repair, and on which day."),
            ),
            models.CheckConstraint(
                name="disputed_finding_has_a_reason",
                condition=~Q(state="disputed") | ~Q(reason=""),
                violation_error_message=_("Say why the finding is disputed."),
            ),
            models.CheckConstraint(
                name="covered_finding_names_the_other",
                condition=~Q(state="covered") | Q(covered_by__isnull=False),
                violation_error_message=_("Say which finding tells it already."),
            ),
        ]

    def __str__(self):
        return ": ".join(filter(None, [self.criterion or self.rule, self.message]))

    @property
    def found_by(self):
        """Who saw it, in words: its own check first, then those whose findings it covers."""
        others = [finding.get_source_display() for finding in self.also_seen.all()]
        return ", ".join(dict.fromkeys(map(str, [self.get_source_display(), *others])))

    @property
    def history(self):
        """What was decided about it, the newest first: Wagtail's log entries."""
        return logs.get_logs_for_instance(self).select_related("user")
