"""Databases that measuring commands make for themselves and remove."""

import contextlib
import os
import uuid
from urllib.parse import urlsplit


@contextlib.contextmanager
def own_database():
    """A new database as the environment that leads to it: on the server of DATABASE_URL, otherwise a file in DATA_DIR."""
    server = os.environ.get("DATABASE_URL")
    if not server:
        yield {}
        return
    import psycopg

    name = f"bench_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
    try:
        yield {"DATABASE_URL": urlsplit(server)._replace(path=f"/{name}").geturl()}
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
