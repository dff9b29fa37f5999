"""What a yearly review goes through: the list as data, in the order of the declaration."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Item:
    """`key` never changes, because kept reviews name it; `text`: what to check; `how`: how to do it."""

    key: str
    text: str
    how: str


ITEMS = (
    Item(
        "subject",
        _("The name of the institution and the address of the website are current."),
        _("Compare with the statute."),
    ),
    Item(
        "changes",
        _("The day of the last significant change of the website is right."),
        _("A new look, a new section or a new tool is a significant change; news and events are not."),
    ),
    Item(
        "new_content",
        _("What was added since the last review has been checked."),
        _("Look through news, events, files and films: picture descriptions, headings, captions, PDF files with text."),
    ),
    Item(
        "findings",
        _("Every finding has been decided about."),
        _("On the screen “Findings” nothing waits; what was mended is marked with the check that proved it."),
    ),
    Item(
        "barriers",
        _("The barriers listed are still there, and none is missing."),
        _("Open each address from the list. Take out what was mended; give new dates where a promise was not kept."),
    ),
    Item(
        "exemptions",
        _("What the act does not cover still belongs there."),
        _("A document needed for current tasks is no exemption, however old; a live stream gets captions in 14 days."),
    ),
    Item("costs", _("Excessive costs are still excessive."), _("Read the assessment again: prices and tools change.")),
    Item(
        "contact",
        _("Contact data work."),
        _("Call the number and write to the address: somebody answers who knows what accessibility is."),
    ),
    Item(
        "procedure",
        _("Requests and complaints are answered as the declaration promises."),
        _("On the screen “Requests about access” nothing is past its term."),
    ),
    Item(
        "links",
        _("Every link of the declaration works."),
        _("Click each one: report, assessment, applications, description of the building, the Ombudsman."),
    ),
    Item(
        "buildings",
        _("The buildings are as described."),
        _("Walk the way from the bus stop and the parking place to the hall: entrance, lift, toilet, loop, signs."),
    ),
    Item(
        "communication",
        _("The ways of communication work."),
        _("Interpreter, text message, e-mail, loop at the desk: try each one that is promised."),
    ),
    Item("apps", _("Mobile applications and shortcuts are current."), _("Only when the centre has any.")),
)
