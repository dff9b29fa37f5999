"""Audits that were run, page by page, so that an interrupted one goes on where it stopped."""

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from wagtail.documents import get_document_model_string
from wagtail.models import Site

from ..findings.models import Finding

CHANGES = ("new", "returned", "remaining", "repaired")


class AuditState(models.TextChoices):
    """How far a run has come."""

    RUNNING = "running", pgettext_lazy("audit", "not finished")
    STOPPED = "stopped", _("stopped at its limit")
    FINISHED = "finished", pgettext_lazy("audit", "finished")


class PageState(models.TextChoices):
    """What became of one address."""

    WAITING = "waiting", _("waits")
    DONE = "done", _("checked")
    SKIPPED = "skipped", _("not a page")
    FAILED = "failed", _("could not be opened")


class AuditRunQuerySet(models.QuerySet):
    def of(self, site):
        """Those of one centre's Wagtail `site`."""
        return self.filter(site=site)

    def with_counts(self):
        """Each with `done`, `failed` and `waiting`: how many of its addresses are in that state."""
        states = {state.value: state for state in (PageState.DONE, PageState.FAILED, PageState.WAITING)}
        counts = {name: models.Count("pages", filter=models.Q(pages__state=state)) for name, state in states.items()}
        # Django drops the order of `Meta` where rows are counted.
        return self.annotate(**counts).order_by("-started_at", "-pk")


class AuditRun(models.Model):
    """One audit of one site.

    `engines`: {name: version} of what looked; `changes`: {"new" | "returned" | "remaining" | "repaired": ids of
    findings}, the comparison with what was known before. `root_url` is where the site was reached.
    """

    site = models.ForeignKey(Site, verbose_name=_("site"), on_delete=models.CASCADE, related_name="+", editable=False)
    state = models.CharField(_("state"), max_length=8, choices=AuditState, default=AuditState.RUNNING)
    root_url = models.CharField(_("address"), max_length=300)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("ended"), null=True, blank=True)
    page_limit = models.PositiveIntegerField(_("most pages"))
    minute_limit = models.PositiveIntegerField(_("most minutes"))
    viewports = models.JSONField(default=list, editable=False)
    engines = models.JSONField(default=dict, editable=False)
    changes = models.JSONField(default=dict, editable=False)

    objects = AuditRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        ordering = ["-started_at", "-pk"]

    def __str__(self):
        return self.proof

    @property
    def proof(self):
        """The audit in a few words, kept with what it proves repaired."""
        pages = self.pages.filter(state=PageState.DONE).count()
        text = ngettext(
            "automatic audit of %(day)s (axe-core %(axe)s, %(count)d page)",
            "automatic audit of %(day)s (axe-core %(axe)s, %(count)d pages)",
            pages,
        )
        day = date_format(timezone.localdate(self.finished_at or self.started_at), "j E Y")
        return text % {"day": day, "axe": self.engines.get("axe", "?"), "count": pages}

    def findings(self, change):
        """The findings of one of `CHANGES`, those against the norm first."""
        found = Finding.objects.of(self.site).filter(pk__in=self.changes.get(change, []))
        return found.select_related("page").order_by(models.Case(models.When(level="", then=1), default=0), "pk")


class AuditedPage(models.Model):
    """One address of a run, and all that was seen there.

    `kind`: page type or shape of the address, one for all that share a template; `findings`: list of raw results
    (`observing.Seen`); `documents`: list of {"document", "text", "selector", "excerpt", "has_page"}.
    """

    run = models.ForeignKey(AuditRun, on_delete=models.CASCADE, related_name="pages", editable=False)
    address = models.CharField(_("address"), max_length=500)
    kind = models.CharField(max_length=200, editable=False)
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("state"), max_length=8, choices=PageState, default=PageState.WAITING)
    title = models.CharField(_("title"), max_length=500, blank=True)
    problem = models.CharField(_("problem"), max_length=300, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)
    findings = models.JSONField(default=list, editable=False)
    documents = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("audited page")
        verbose_name_plural = _("audited pages")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("run", "address", name="each_address_once_in_an_audit")]

    def __str__(self):
        return self.address


class AuditedDocument(models.Model):
    """One stored file that pages of a run link to; `rules`: ids of the rules that it breaks."""

    run = models.ForeignKey(AuditRun, on_delete=models.CASCADE, related_name="documents", editable=False)
    document = models.ForeignKey(
        get_document_model_string(), null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    title = models.CharField(_("title"), max_length=255)
    is_checked = models.BooleanField(_("checked"), default=True)
    rules = models.JSONField(default=list, editable=False)

    class Meta:
        verbose_name = _("audited document")
        verbose_name_plural = _("audited documents")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint("run", "document", name="each_document_once_in_an_audit")]

    def __str__(self):
        return self.title
