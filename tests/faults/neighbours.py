"""What application nodes share, as real processes of our own: PostgreSQL, Redis, a store of objects."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.faults.stack import PATIENCE, Process, program, until
from tests.serving import free_port


@contextlib.contextmanager
def postgresql():
    """The address of a server: DATABASE_URL's if there is one, otherwise of a cluster made for this run."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    folder, port = Path(tempfile.mkdtemp(prefix="gok_site-of-nodes-")), free_port()
    owner = []
    if os.geteuid() == 0:
        # It refuses to run as root; its package has made this account.
        shutil.chown(folder, "postgres", "postgres")
        owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    initdb = [programs / "initdb", "--pgdata", folder / "data", "--username", "postgres", "--auth", "trust"]
    subprocess.run([*owner, *initdb, "--encoding", "UTF8", "--no-sync"], check=True, capture_output=True, cwd="/")
    where = ["-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
    server = Process([*owner, programs / "postgres", "-D", folder / "data", *where, "-F"], folder, port=port)
    try:
        server.wait()
        address = f"postgres://postgres@127.0.0.1:{port}/postgres"
        # It listens before it lets anybody in.
        assert until(lambda: lets_in(address), PATIENCE) is not None
        yield address
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


class Databases:
    """Databases of our own on a server, dropped at the end."""

    def __init__(self, server):
        self.server, self.names = server, []

    def create(self, template="template0"):
        """The address of a new database, a copy of `template` (an address, or PostgreSQL's empty one)."""
        self.names.append(f"test_nodes_{uuid.uuid4().hex[:12]}")
        source = urlsplit(template).path.lstrip("/")
        execute(self.server, f'CREATE DATABASE "{self.names[-1]}" ENCODING \'UTF8\' TEMPLATE "{source}"')
        return urlsplit(self.server)._replace(path=f"/{self.names[-1]}").geturl()

    def drop(self):
        for name in self.names:
            execute(self.server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def lets_in(address):
    with contextlib.suppress(psycopg.OperationalError):
        return execute(address, "SELECT 1")


def execute(address, statement):
    with contextlib.closing(psycopg.connect(address, autocommit=True)) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


class Neighbour:
    """A program that may be killed, stopped and started again, always on the same port."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        folder.mkdir(parents=True)
        self.start()

    def start(self):
        self.process = Process(self.command(), self.folder, port=self.port)
        self.process.wait()

    def kill(self, *number):
        self.process.kill(*number)


class Redis(Neighbour):
    def command(self):
        where = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        return [program("redis-server"), *where, "--save", "", "--appendonly", "no"]

    @property
    def address(self):
        return f"redis://127.0.0.1:{self.port}/1"


class Store(Neighbour):
    """A store that speaks S3 and keeps a bucket as a folder."""

    def command(self):
        return [sys.executable, "-m", "localbucket", str(self.folder), "--port", str(self.port)]

    def bucket(self, name):
        """The address of a new bucket."""
        (self.folder / name).mkdir()
        return f"s3+http://key:word@127.0.0.1:{self.port}/{name}"
