"""What the mission adds to Wagtail: projects as evidence for goals, pictures ready before visitors, letters sent."""

from wagtail import hooks

from . import limits
from .evidence import HOOK
from .models.projects import projects_for_goals
from .outbox import delivery, health, staff  # noqa: F401 - the staff's panel registers itself
from .renditions import make_missing

hooks.register(HOOK, projects_for_goals)
hooks.register("clock_tick", make_missing)
hooks.register("clock_tick", delivery.tidy)
hooks.register("clock_tick", limits.forget)
hooks.register("clock_tick", delivery.deliver)
hooks.register("register_health_details", health.letters)
hooks.register("register_health_warnings", health.warnings)
