#!/bin/sh
# The container's entry: links the collected files into the data volume, migrates, and becomes the given command.
set -eu
umask 027 # the database is nobody else's to read
ln -sfn /srv/static "$DATA_DIR/static"
mkdir -p "$DATA_DIR/media"
if [ "$1" = gunicorn ]; then
    python manage.py migrate --no-input --verbosity 0
fi
exec "$@"
