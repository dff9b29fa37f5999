"""Where a declaration and the site's findings agree, and where they do not: questions, no changes."""

from django.utils.translation import gettext as _

from ..declaration import spec
from .models import Finding, FindingState

SHOWN = 5


def forbidding(site):
    """The findings with which `site` (or None) is not "w pełni zgodna", the most serious first."""
    if site is None:
        return []
    return list(Finding.objects.of(site).forbidding_full_conformity().most_serious_first())


def unlisted(declaration):
    """The accepted findings that `declaration` (a DeclarationPage, saved or not) does not list as barriers."""
    if declaration.site is None:
        return []
    listed = {barrier.finding_id for barrier in declaration.barriers.all()}
    accepted = Finding.objects.of(declaration.site).accepted().most_serious_first()
    return [finding for finding in accepted if finding.pk not in listed]


def repaired_barriers(declaration):
    """(barrier, finding) for each listed barrier whose finding has been repaired since: it can be taken out."""
    return _linked(declaration, FindingState.REPAIRED)


def broken_promises(declaration, at):
    """(barrier, finding) for each listed barrier that was to be mended before the day `at` and still stands."""
    still_there = _linked(declaration, FindingState.ACCEPTED) + _linked(declaration, FindingState.OPEN)
    return [(barrier, finding) for barrier, finding in still_there if barrier.repair_on and barrier.repair_on < at]


def promises_in_words(declaration, at):
    """A sentence for each of the `broken_promises`."""
    return [
        _("“%(element)s” was to be mended by %(day)s and still stands.")
        % {"element": barrier.element, "day": spec.worded(barrier.repair_on)}
        for barrier, _finding in broken_promises(declaration, at)
    ]


def contradictions(declaration, at):
    """What `declaration` claims and the site's findings deny on the day `at` (a date), as sentences."""
    found = []
    if declaration.status == spec.Status.FULL and (against := forbidding(declaration.site)):
        found.append(_("The site is declared fully conforming, but: %(findings)s.") % {"findings": named(against)})
    if missing := unlisted(declaration):
        found.append(_("These barriers are known and not listed: %(findings)s.") % {"findings": named(missing)})
    return found + promises_in_words(declaration, at)


def proposed_status(declaration):
    """The status that the findings, exemptions and costs allow; "niezgodna" is for a person to choose."""
    has_more = declaration.exemptions.all() or declaration.excessive_costs.all()
    if has_more or forbidding(declaration.site) or unlisted(declaration):
        return spec.Status.NONE if declaration.status == spec.Status.NONE else spec.Status.PARTIAL
    repaired = {id(barrier) for barrier, _finding in repaired_barriers(declaration)}
    remaining = [barrier for barrier in declaration.barriers.all() if id(barrier) not in repaired]
    return spec.Status.PARTIAL if remaining else spec.Status.FULL


def named(findings):
    """The first few of `findings` in one sentence, each with its address."""
    texts = [text_of(finding) for finding in findings[:SHOWN]]
    if more := len(findings) - SHOWN:
        texts += [_("and %(count)d more") % {"count": more}] if more > 0 else []
    return "; ".join(texts)


def text_of(finding):
    """A finding in words, with the page where it is."""
    text = str(finding).rstrip(". ")
    return f"{text} ({finding.address})" if finding.address else text


def _linked(declaration, state):
    barriers = [barrier for barrier in declaration.barriers.all() if barrier.finding_id]
    findings = Finding.objects.filter(state=state).in_bulk([barrier.finding_id for barrier in barriers])
    return [(barrier, findings[barrier.finding_id]) for barrier in barriers if barrier.finding_id in findings]
