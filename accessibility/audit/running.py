"""Runs an audit page by page; whatever interrupts it, the next run goes on where it stopped."""

import contextlib
import fcntl
import time
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from wagtail.documents import get_document_model

from ..findings.models import FindingSource
from ..findings.recording import record
from . import documents
from .addresses import new_views, published_pages
from .causes import observations
from .models import CHANGES, AuditedDocument, AuditedPage, AuditRun, AuditState, PageState

VIEWPORTS = ["320 light", "1280 light", "1280 dark", "1280 forced"]
# What was interrupted longer ago is begun anew: its first pages say little about today.
OLDEST = timedelta(days=7)


class AlreadyRunningError(Exception):
    """Another process audits the same site at this moment."""


@contextlib.contextmanager
def only_audit(site):
    """Held while a site is audited; the system lets go of it when the process dies, however it dies."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / f"audit-{site.pk}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunningError from error
        yield


@transaction.atomic
def begin(site, *, root_url, at, page_limit, minute_limit):
    """A new run of `site` with all its published pages waiting."""
    run = AuditRun.objects.create(
        site=site,
        root_url=root_url,
        started_at=at,
        page_limit=page_limit,
        minute_limit=minute_limit,
        viewports=VIEWPORTS,
    )
    rows = [AuditedPage(run=run, address=address, kind=kind, page_id=pk) for address, kind, pk in published_pages(site)]
    AuditedPage.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    return run


def resumable(site, *, at, states=(AuditState.RUNNING,)):
    """The last run of `site`, when it is in one of `states` and not too old; else None."""
    last = AuditRun.objects.of(site).first()
    return last if last and last.state in states and last.started_at > at - OLDEST else None


def carry_on(run, browser, *, now, pause=0, progress=None):
    """Visit what waits until all is done or a limit is reached, then record the findings; returns `Recorded`.

    `browser`: a `Chromium`; `now`: function that reads the clock; `pause`: seconds between pages; `progress`:
    function of (pages done, pages known, address).
    """
    deadline = time.monotonic() + run.minute_limit * 60
    run.state, run.engines = AuditState.RUNNING, browser.versions
    run.save(update_fields=["state", "engines"])
    while waiting := run.pages.filter(state=PageState.WAITING).first():
        visited = run.pages.exclude(state=PageState.WAITING).count()
        if visited >= run.page_limit or time.monotonic() > deadline:
            break
        if progress:
            progress(visited, min(run.pages.count(), run.page_limit), waiting.address)
        begun = time.monotonic()
        keep(waiting, browser.inspect(waiting.address), seconds=time.monotonic() - begun)
        time.sleep(pause)
    check_documents(run)
    return finish(run, at=now())


@transaction.atomic
def keep(audited, inspection, *, seconds):
    """Write down what a page showed and where it leads, in one step: an interruption loses neither or both."""
    audited.state = PageState.DONE if inspection.is_page else PageState.SKIPPED
    if inspection.problem:
        audited.state = PageState.FAILED
    audited.title, audited.problem = inspection.title[:500], inspection.problem
    audited.findings, audited.documents = inspection.seen, inspection.documents
    audited.milliseconds = round(seconds * 1000)
    audited.save()
    rows = AuditedPage.objects.filter(run=audited.run_id).values_list("address", "kind", "page_id")
    pages = {address: page_id for address, _kind, page_id in rows}
    # A page with a question behind its address (a filter, a month) is that page, its content included.
    AuditedPage.objects.bulk_create(
        AuditedPage(run_id=audited.run_id, address=address, kind=shape, page_id=pages.get(address.partition("?")[0]))
        for address, shape in new_views(inspection.addresses, {address: kind for address, kind, _page_id in rows})
    )


def check_documents(run):
    """Check each stored file that the finished pages link to, once in a run."""
    linked = {}
    for rows in run.pages.filter(state=PageState.DONE).values_list("documents", flat=True):
        linked.update({row["document"]: None for row in rows})
    done = run.documents.values_list("document_id", flat=True)
    for stored in get_document_model().objects.filter(pk__in=linked).exclude(pk__in=list(done)).order_by("pk"):
        is_checked = documents.is_checkable(stored.filename)
        broken = documents.broken_rules(stored) if is_checked else []
        AuditedDocument.objects.create(
            run=run, document=stored, title=stored.title, is_checked=is_checked, rules=broken
        )


@transaction.atomic
def finish(run, *, at):
    """End the run, fully or at its limit, and record what it saw; returns `Recorded`."""
    is_complete = not run.pages.filter(state=PageState.WAITING).exists()
    run.state = AuditState.FINISHED if is_complete else AuditState.STOPPED
    run.finished_at = at
    recorded = record(
        run.site,
        FindingSource.AUDIT,
        observations(run),
        at=at,
        proof=run.proof,
        covered=covering(run, is_complete=is_complete),
    )
    run.changes = merged(run.changes, {name: [finding.pk for finding in getattr(recorded, name)] for name in CHANGES})
    run.save()
    return recorded


def covering(run, *, is_complete):
    """A function of a Finding: has this run looked again at every place where the finding was?

    An address that a complete run no longer finds is gone, and its defects with it.
    """
    states = dict(run.pages.values_list("address", "state"))
    gone = PageState.DONE if is_complete else PageState.WAITING

    def covered(finding):
        addresses = {place["address"] for place in finding.places} or {finding.address}
        return all(states.get(address, gone) == PageState.DONE for address in addresses)

    return covered


def merged(before, now):
    """The changes of a run that was recorded at a limit and went on: what was new stays new."""
    if not before:
        return now
    changes = {name: list(dict.fromkeys([*before.get(name, []), *now[name]])) for name in CHANGES}
    for earlier, later in (("new", "remaining"), ("returned", "remaining")):
        changes[later] = [pk for pk in changes[later] if pk not in changes[earlier]]
    repaired = set(now["repaired"])
    return {
        name: pks if name == "repaired" else [pk for pk in pks if pk not in repaired] for name, pks in changes.items()
    }
