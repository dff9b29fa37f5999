"""The table in which attempts to log in are counted (CACHES["limits"])."""

from django.core.management import call_command
from django.db import migrations


def create_table(apps, schema_editor):
    call_command("createcachetable", "gok_site_limits", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [("gok_site", "0001_initial")]

    operations = [migrations.RunPython(create_table, migrations.RunPython.noop)]
