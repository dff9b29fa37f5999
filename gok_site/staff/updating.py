"""After an update the groups of every centre get what their roles have gained; by hand nothing is needed."""

import logging

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate

from mission.models import CentreSettings

from .roles import write_roles

logger = logging.getLogger("gok_site")


def listen():
    """Hear of each `migrate`, once, after the last app has its permissions: new ones can be given then."""
    last = [app for app in apps.get_app_configs() if app.models_module][-1]
    post_migrate.connect(renew_roles, sender=last, dispatch_uid="renew_roles")


def renew_roles(sender, using, plan=None, **said):
    """Write the roles of all centres, when `migrate` has brought the database fully up to date.

    A table that was only emptied (`plan` is None) has no centre, and in one that is half way, or on its way back, the
    questions that have to be asked cannot be.
    """
    if plan is None or using != DEFAULT_DB_ALIAS or any(is_backwards for _migration, is_backwards in plan):
        return
    executor = MigrationExecutor(connections[using])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    with transaction.atomic():
        for centre in CentreSettings.objects.exclude(collection=None).select_related("site__root_page"):
            for role, rights in write_roles(centre.site).items():
                logger.info("%s at %s was given: %s", role, centre.site.hostname, ", ".join(rights))
