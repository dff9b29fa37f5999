#!/bin/sh
# Brings an installation to another version, after a backup, and back again if the new one does not answer.
# usage: update.sh VERSION   (a tag, branch or commit that `git fetch` brings; run where `manage.py` lies)
#
# RESTART is the command that restarts the site, TRIES how often (every 2 s) it is asked whether it answers. PACKAGES=scaled
# installs what a node among several needs.
# With SECRET_KEY in the environment commands run in it; without, as the service does: account gok, /etc/gok_site.env.
set -eu
version=${1:?usage: update.sh VERSION}
restart=${RESTART:-systemctl restart gok_site}
tries=${TRIES:-30}
venv=var/venv

in_the_site() {
    if [ -n "${SECRET_KEY:-}" ]; then
        "$venv/bin/python" "$@"
    else
        systemd-run --quiet --pipe --wait --collect --uid gok --property UMask=0027 \
            --property EnvironmentFile=/etc/gok_site.env --property WorkingDirectory="$PWD" \
            --setenv DATA_DIR=/var/lib/gok_site "$PWD/$venv/bin/python" "$@"
    fi
}

change_to() {
    git checkout --quiet --detach "$1" && sh deploy/environment.sh "$venv" "requirements/${PACKAGES:-runtime}.txt"
}

answers() {
    left=$tries
    while [ "$left" -gt 0 ]; do
        if in_the_site deploy/healthy.py 2>/dev/null; then return 0; fi
        left=$((left - 1))
        sleep 2
    done
    return 1
}

if [ -n "$(git status --porcelain --untracked-files=no)" ]; then
    echo "Files were changed here by hand; an update would lose them. Nothing was done." >&2
    exit 1
fi
git fetch --quiet --tags || echo "Nothing could be fetched; going by what is here." >&2
before=$(git rev-parse HEAD)
after=$(git rev-parse --quiet --verify "origin/$version^{commit}" || git rev-parse --quiet --verify "$version^{commit}") || {
    echo "There is no version $version. Nothing was done." >&2
    exit 1
}
backup=$(in_the_site manage.py backup)
echo "Backed up: $backup"

if change_to "$after" && in_the_site manage.py migrate --no-input --verbosity 0 \
    && in_the_site manage.py collectstatic --no-input --verbosity 0 && $restart && answers; then
    echo "Updated from $before to $after."
    exit 0
fi

echo "The new version does not answer; going back to $before." >&2
change_to "$before"
in_the_site manage.py collectstatic --no-input --verbosity 0
$restart
if answers; then
    echo "The old version serves again. If the newer tables trouble it, restore: docs/backup.md, $backup" >&2
else
    echo "The old version does not answer either. Restore: docs/backup.md, $backup" >&2
fi
exit 1
