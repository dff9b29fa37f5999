#!/bin/sh
# Brings an installation to another version, after a backup, and back again if the new one does not answer.
# usage: update.sh VERSION   (a tag, branch or commit that `git fetch` brings; run where `manage.py` lies)
#
# RESTART is the command that restarts the site, `systemctl restart gok_site` by default; PYTHON and the site's
# environment (SECRET_KEY, DATA_DIR, DATABASE_URL …) as for every command.
set -eu
version=${1:?usage: update.sh VERSION}
restart=${RESTART:-systemctl restart gok_site}
venv=var/venv
before=$(git rev-parse HEAD)

if [ -n "$(git status --porcelain --untracked-files=no)" ]; then
    echo "Files were changed here by hand; an update would lose them. Nothing was done." >&2
    exit 1
fi

to() {
    git checkout --quiet --detach "$1" && sh deploy/environment.sh "$venv" requirements/runtime.txt
}

healthy() {
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
        if "$venv/bin/python" deploy/healthy.py 2>/dev/null; then return 0; fi
        sleep 2
    done
    return 1
}

git fetch --quiet --tags || true
git rev-parse --quiet --verify "$version^{commit}" >/dev/null || { echo "There is no version $version." >&2; exit 1; }
backup=$("$venv/bin/python" manage.py backup)
backup=${backup%%: *}
echo "Backed up to $backup"

if to "$version" && "$venv/bin/python" manage.py check && "$venv/bin/python" manage.py migrate --no-input --verbosity 0 \
    && "$venv/bin/python" manage.py collectstatic --no-input --verbosity 0 && $restart && healthy; then
    echo "Updated from $before to $version."
    exit 0
fi

echo "The new version does not answer; going back to $before." >&2
to "$before"
"$venv/bin/python" manage.py collectstatic --no-input --verbosity 0
$restart
if healthy; then
    echo "The old version serves again. If the newer tables trouble it, restore: docs/backup.md, $backup" >&2
else
    echo "The old version does not answer either. Restore the backup into an empty place: docs/backup.md, $backup" >&2
fi
exit 1
