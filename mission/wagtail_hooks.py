"""What the mission adds to Wagtail: projects as evidence for the goals they serve."""

from wagtail import hooks

from .evidence import HOOK
from .models.projects import projects_for_goals

hooks.register(HOOK, projects_for_goals)
