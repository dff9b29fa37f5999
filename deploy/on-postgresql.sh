#!/bin/sh
# Runs a command with DATABASE_URL pointing at PostgreSQL.
# usage: on-postgresql.sh COMMAND…
# Order: DATABASE_URL if given; a server on 127.0.0.1:5432 that lets us in; a temporary cluster of our own.
set -eu
here=$(dirname "$0")

if [ -n "${DATABASE_URL:-}" ]; then
    exec "$@"
fi

# Becomes the command if a server on this machine lets us in; comes back if none does.
try_running_server() {
    for url in postgres://postgres@127.0.0.1:5432/postgres postgres://postgres:postgres@127.0.0.1:5432/postgres; do
        if "$here/../var/venv/bin/python" -W ignore -c \
            "import psycopg, sys; psycopg.connect(sys.argv[1], connect_timeout=3).close()" "$url" 2>/dev/null; then
            DATABASE_URL=$url exec "$@"
        fi
    done
}

try_running_server "$@"
sh "$here/system-packages.sh" postgresql
# Installing the package starts a server on many systems.
try_running_server "$@"

programs=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
directory=$(mktemp -d)
owner=
if [ "$(id -u)" = 0 ]; then
    # PostgreSQL refuses to run as root; its package has made this account.
    owner='setpriv --reuid=postgres --regid=postgres --clear-groups'
    chown postgres "$directory"
fi
stop() {
    $owner "$programs/pg_ctl" --pgdata "$directory/data" --mode immediate stop >/dev/null 2>&1 || true
    rm -rf "$directory"
}
trap stop EXIT
trap 'exit 130' INT TERM
$owner "$programs/initdb" --pgdata "$directory/data" --username postgres --auth trust --encoding UTF8 --no-sync >/dev/null
$owner "$programs/pg_ctl" --pgdata "$directory/data" --log "$directory/log" --wait start \
    --options "-p 55432 -c listen_addresses=127.0.0.1 -c unix_socket_directories=$directory -c fsync=off" >/dev/null
DATABASE_URL=postgres://postgres@127.0.0.1:55432/postgres "$@"
