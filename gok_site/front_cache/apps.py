"""Listens to the framework: an app of its own, because its receivers must run after those of the rooms."""

from django.apps import AppConfig


class FrontCacheConfig(AppConfig):
    name = "gok_site.front_cache"
    label = "front_cache"

    def ready(self):
        from .changes import listen

        listen()
