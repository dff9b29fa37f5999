"""Days with points are read as in Poland: no American writes them so. Django's own formats come first."""

from django.conf.locale.en import formats as django_formats

from gok_site.formats.pl import formats as polish

DATE_INPUT_FORMATS = [*django_formats.DATE_INPUT_FORMATS, "%d.%m.%Y"]
DATETIME_INPUT_FORMATS = [*django_formats.DATETIME_INPUT_FORMATS, *polish.DATETIME_INPUT_FORMATS]
TIME_INPUT_FORMATS = polish.TIME_INPUT_FORMATS
