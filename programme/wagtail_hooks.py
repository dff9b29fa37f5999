"""What the programme adds to Wagtail: evidence for the mission's goals."""

from wagtail import hooks

from mission.evidence import HOOK

from .evidence import events_for_goals, sections_for_goals

hooks.register(HOOK, events_for_goals)
hooks.register(HOOK, sections_for_goals)
