"""The clock tries lost bans again."""

from wagtail import hooks

from .bans import retry


@hooks.register("clock_tick")
def retry_lost_bans(at):
    retry()
