"""What keeps a declaration from being published, said beside the field that must change.

These are the validator's errors seen from the data. Whatever is left over, the validator finds in the
rendered document, so that nothing it calls an error can be published.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..findings import agreement
from . import spec


@dataclass(frozen=True)
class Problem:
    """`field`: the name of a field or of a kind of rows ("" = the whole document); `message`: what to do."""

    field: str
    message: str


# In characters: what is shorter assesses nothing, and the validator does not take it for an assessment.
SHORTEST_ASSESSMENT = 100

REQUIRED = {
    "site_published_on": gettext_lazy("Give the day on which the website was first published."),
    "site_updated_on": gettext_lazy("Give the day of the last significant change of the website."),
    "status": gettext_lazy("Choose how far the website conforms."),
    "drawn_up_on": gettext_lazy("Give the day on which the declaration was first drawn up."),
    "basis": gettext_lazy("Say what the declaration was prepared from."),
    "contact_unit": gettext_lazy("Name the person or unit that answers questions about accessibility."),
    "email": gettext_lazy("Give an e-mail address for accessibility."),
    "telephone": gettext_lazy("Give a telephone number for accessibility."),
    "online_interpreter": gettext_lazy("Say whether a sign-language interpreter can be reached online."),
}


def problems(declaration, at):
    """All problems of `declaration` (a DeclarationPage, saved or not) on the day `at` (a date)."""
    found = [Problem(field, str(text)) for field, text in REQUIRED.items() if not getattr(declaration, field)]
    for rule in (_dates, _kept_dates, _status, _findings, _rows, _basis, _buildings, _contact):
        found += rule(declaration, at)
    return found or _left_over(declaration, at)


def _dates(declaration, at):
    found = []
    published, updated = declaration.site_published_on, declaration.site_updated_on
    drawn_up, reviewed = declaration.drawn_up_on, declaration.last_review_on
    for field in ("site_published_on", "site_updated_on", "drawn_up_on", "last_review_on"):
        if (day := getattr(declaration, field)) and day > at:
            found.append(Problem(field, _("This date has not come yet.")))
    if published and updated and updated < published:
        found.append(Problem("site_updated_on", _("The change cannot be earlier than the first publication.")))
    if drawn_up and reviewed and reviewed < drawn_up:
        found.append(Problem("last_review_on", _("The review cannot be earlier than the drawing up.")))
    return found + _overdue(drawn_up, reviewed, at)


def _kept_dates(declaration, at):
    """The two dates that no editor sets once they are public."""
    found = []
    first, drawn_up = declaration.first_drawn_up_on, declaration.drawn_up_on
    if first and drawn_up and drawn_up != first:
        message = _("This date never changes after publication. It must stay %(day)s.")
        found.append(Problem("drawn_up_on", message % {"day": spec.worded(first)}))
    if first and declaration.last_review_on != declaration.proved_review_on:
        message = _("The yearly review alone sets this date: use the screen “Yearly review”.")
        found.append(Problem("last_review_on", message))
    return found


def _overdue(drawn_up, reviewed, at):
    latest = max((day for day in (drawn_up, reviewed) if day), default=None)
    if latest and latest.year < spec.year_of_required_review(at):
        message = _("The yearly review is overdue since 31 March %(year)s. Review the declaration and give the date.")
        return [Problem("last_review_on", message % {"year": spec.year_of_required_review(at)})]
    return []


def _status(declaration, at):
    listed = any(rows.all() for rows in _lists(declaration))
    if declaration.status == spec.Status.FULL and listed:
        message = _(
            "A fully conforming site has no barriers, exemptions or excessive costs: change this or remove them."
        )
        return [Problem("status", message)]
    if declaration.status in (spec.Status.PARTIAL, spec.Status.NONE) and not listed:
        return [
            Problem("status", _("List at least one barrier, exemption or excessive cost, or choose full conformity."))
        ]
    return []


def _findings(declaration, at):
    """What the site's own findings forbid to claim."""
    found = []
    if declaration.status == spec.Status.FULL and (against := agreement.forbidding(declaration.site)):
        message = _(
            "The site is not fully conforming while these findings stand: %(findings)s. Choose another status, or "
            "decide about them on the screen “Findings”."
        )
        found.append(Problem("status", message % {"findings": agreement.named(against)}))
    if missing := agreement.unlisted(declaration):
        message = _("List these accepted findings as barriers: %(findings)s.")
        found.append(Problem("barriers", message % {"findings": agreement.named(missing)}))
    return found


def _lists(declaration):
    return declaration.barriers, declaration.exemptions, declaration.excessive_costs


def _rows(declaration, at):
    found = []
    for cost in declaration.excessive_costs.all():
        if not cost.assessment_url and len(cost.assessment.strip()) < SHORTEST_ASSESSMENT:
            message = _("“%(element)s”: excessive cost needs its assessment, as an address or as a text.")
            found.append(Problem("excessive_costs", message % {"element": cost.element}))
    for row in declaration.exemptions.all():
        limit = row.legal_ground.published_before if row.ground in spec.EXEMPTION_GROUND else None
        if limit and row.published_on and row.published_on >= limit:
            message = _("“%(element)s” is too new for this exemption: it covers what was published before %(day)s.")
            found.append(Problem("exemptions", message % {"element": row.element, "day": spec.worded(limit)}))
        if limit and not row.published_on:
            message = _("“%(element)s”: this exemption depends on a date. Give the day of publication.")
            found.append(Problem("exemptions", message % {"element": row.element}))
    return found


def _basis(declaration, at):
    found = []
    if declaration.basis in ("audit", "contractor"):
        if not declaration.basis_by:
            found.append(Problem("basis_by", _("Name the body that made the audit or the statement.")))
        if not declaration.basis_url:
            found.append(Problem("basis_url", _("Link to the report or the statement.")))
    return found


def _buildings(declaration, at):
    if declaration.architecture_url or declaration.described_places(at):
        return []
    return [Problem("places", _("Describe at least the building of the main seat, or link to a description."))]


def _contact(declaration, at):
    """Sample data belong on demonstration sites alone."""
    centre = declaration.centre
    if centre is None or centre.is_demonstration:
        return []
    found = []
    if declaration.telephone == spec.SAMPLE_TELEPHONE:
        found.append(Problem("telephone", _("This is a sample number. Give a real one.")))
    if declaration.email.endswith(spec.SAMPLE_DOMAINS):
        found.append(Problem("email", _("This is a sample address. Give a real one.")))
    if not (declaration.subject or centre.name):
        found.append(Problem("subject", _("Give the full official name of the institution.")))
    return found


def _left_over(declaration, at):
    """Errors that only the rendered document shows, such as sample words in a description.

    What axe saw in the declaration (R19) is told by the report but keeps nothing back: only a published page can be
    looked at again.
    """
    errors = [finding for finding in declaration.report(at).errors if finding.rule != "R19"]
    return [Problem("", f"{finding.rule}: {finding.message} {finding.mend}") for finding in errors]
