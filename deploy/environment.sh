#!/bin/sh
# Makes the virtual environment and installs one locked list of packages into it.
# usage: environment.sh VENV REQUIREMENTS
set -eu
venv=$1
requirements=$2
python=${PYTHON:-python3}
here=$(dirname "$0")

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Python 3.11 or newer is needed; '$python' is not. Name another one: make PYTHON=/usr/bin/python3.12 …" >&2
    exit 1
fi

if [ ! -x "$venv/bin/python" ]; then
    # Debian and Ubuntu keep ensurepip in a package of its own.
    "$python" -c 'import ensurepip, venv' 2>/dev/null || sh "$here/system-packages.sh" venv
    echo "Making the environment in $venv …"
    "$python" -m venv "$venv"
fi

# uv only saves time; where it cannot be had, pip installs the very same list.
if [ ! -x "$venv/bin/uv" ]; then
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: \
        --require-hashes --requirement "$here/../requirements/installer.txt" || true
fi
echo "Installing $requirements …"
if [ -x "$venv/bin/uv" ] && VIRTUAL_ENV="$venv" "$venv/bin/uv" pip install --quiet \
    --require-hashes --requirement "$requirements"; then
    exit 0
fi
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$requirements"
