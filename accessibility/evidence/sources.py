"""What the declaration rests on, gathered from whoever has checked the site.

A part of the site that checks something registers a function for Wagtail's hook `register_declaration_evidence`:

    @hooks.register("register_declaration_evidence")
    def audits_as_evidence(site, at):
        '''site: Wagtail Site; at: aware datetime. Returns a list of CheckEvidence.'''

A function returns its newest checks only (a few), so that the page and the bundle stay small.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

HOOK = "register_declaration_evidence"
MOST_ITEMS = 20


class Method(models.TextChoices):
    """How a check was made."""

    AUTOMATIC = "automatic", _("automatic tool")
    MANUAL = "manual", _("by a person")
    USERS = "users", _("with people with disabilities")


@dataclass(frozen=True)
class CheckEvidence:
    """One dated check of the site. Everything but `data` is printed on the public page.

    `checked_on`: the day it ended; `method`: a value of `Method`; `scope`: what was checked; `tool`: with what;
    `result`: in a sentence; `coverage`: of how much, for example "40 of 120 pages"; `checked_by`: a position, never
    a name; `is_sample`: an entry of a demonstration that proves nothing; `data`: more for the bundle (JSON can carry
    it).
    """

    checked_on: date
    method: str
    scope: str
    result: str
    tool: str = ""
    coverage: str = ""
    checked_by: str = ""
    is_sample: bool = False
    data: dict = field(default_factory=dict)

    @property
    def method_label(self):
        return Method(self.method).label


def gathered(site, at):
    """The checks of all sources, the newest first. `site`: Wagtail Site; `at`: aware datetime."""
    found = [item for contribute in hooks.get_hooks(HOOK) for item in contribute(site, at)]
    return sorted(found, key=lambda item: item.checked_on, reverse=True)[:MOST_ITEMS]
