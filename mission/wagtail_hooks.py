"""What the mission adds to Wagtail: projects as evidence for the goals they serve, pictures ready before visitors."""

from wagtail import hooks

from .evidence import HOOK
from .models.projects import projects_for_goals
from .renditions import make_missing

hooks.register(HOOK, projects_for_goals)
hooks.register("clock_tick", make_missing)
