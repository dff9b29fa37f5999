import uuid

from django.db import migrations, models


def begin(apps, schema_editor):
    """The one row: without it nothing would be kept."""
    apps.get_model("mission", "Edition").objects.create()


class Migration(migrations.Migration):

    dependencies = [
        ('mission', '0002_outbox'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.UUIDField(default=uuid.uuid4, editable=False)),
            ],
            options={
                'verbose_name': 'edition',
                'verbose_name_plural': 'editions',
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
