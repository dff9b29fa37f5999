#!/bin/sh
# Makes sure that programs which Python cannot bring are here: venv, chromium, java, pango,
# postgresql, redis, varnish, nginx, wrk.
# usage: system-packages.sh NAME…
# Installs with apt-get as root or with passwordless sudo; otherwise says what to run, and fails.
set -eu

if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    as_root=no
fi

can_install() {
    [ "$as_root" != no ] && command -v apt-get
}

has_libraries() {
    "${PYTHON:-python3}" -c 'import ctypes, sys
for name in sys.argv[1:]: ctypes.CDLL(name)' "$@"
}

present() {
    case $1 in
        venv) "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null ;;
        chromium)
            # Playwright, which drives it, brings a Node.js that needs this library.
            has_libraries libatomic.so.1 || return 1
            [ -n "${CHROMIUM:-}" ] && [ -x "$CHROMIUM" ] && return 0
            command -v chromium-headless-shell && return 0
            # Chromium with windows does, but where the shell can be had the tests take half the time.
            if can_install && apt-cache show chromium-headless-shell; then return 1; fi
            command -v chromium || command -v chromium-browser || command -v google-chrome
            ;;
        java) java -version ;;
        postgresql) [ -d /usr/lib/postgresql ] ;;
        pango) has_libraries libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0 ;;
        redis) command -v redis-server ;;
        # Debian keeps servers where only root looks.
        varnish) [ -x /usr/sbin/varnishd ] || command -v varnishd ;;
        nginx) [ -x /usr/sbin/nginx ] || command -v nginx ;;
        wrk) command -v wrk ;;
        *) echo "$0: unknown name: $1" >&2; exit 2 ;;
    esac >/dev/null 2>&1
}

package() {
    case $1 in
        venv) "${PYTHON:-python3}" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])' ;;
        # Ubuntu has Chromium under its older name only.
        chromium)
            for name in chromium-headless-shell chromium chromium-browser; do
                if apt-cache show "$name" >/dev/null 2>&1; then break; fi
            done
            echo "$name libatomic1"
            ;;
        java) echo default-jre-headless ;;
        postgresql | varnish | nginx | wrk) echo "$1" ;;
        redis) echo redis-server ;;
        pango) echo libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ;;
    esac
}

missing=
for name in "$@"; do
    present "$name" || missing="$missing $name"
done
[ -z "$missing" ] && exit 0

if can_install >/dev/null 2>&1; then
    $as_root apt-get update -qq || true
    packages=
    for name in $missing; do packages="$packages $(package "$name")"; done
    echo "Installing system packages:$packages"
    # shellcheck disable=SC2086 # the list is meant to be split
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null || true
fi

status=0
as_root=no # what could not be installed now is not waited for
for name in $missing; do
    present "$name" && continue
    status=1
    echo "Missing on this machine: $name. Without it this command cannot go on. Please run:" >&2
    if command -v apt-get >/dev/null 2>&1; then
        echo "    sudo apt-get update && sudo apt-get install $(package "$name")" >&2
    else
        echo "    (install '$name' with your system's package manager)" >&2
    fi
done
exit $status
