"""A PostgreSQL server of the tests' own, from the system's package, that may be killed and stopped."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from pathlib import Path

import psycopg

from tests.faults.stack import Process, until
from tests.serving import free_port

ACCOUNT = "postgres"  # the server refuses to run as root


def program(name):
    """The newest of a program that Debian keeps by version."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    path = found[-1] if found else shutil.which(name)
    assert path, f"{name} is missing: run `make test-faults`, or install postgresql"
    return str(path)


class PostgreSQL:
    """Listens on 127.0.0.1 alone; its folder goes with it."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="gok_site-postgresql-"))
        self.port = free_port()
        self.as_account = []
        if os.geteuid() == 0:
            account = pwd.getpwnam(ACCOUNT)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.as_account = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
        options = ["--username=gok", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        command = [*self.as_account, program("initdb"), *options, f"--pgdata={self.folder}/data"]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        self.launch()
        assert until(self.answers, 60) is not None, self.process.log.read_text()

    def launch(self):
        options = [f"-ccluster_name=faults-{self.port}", "-clisten_addresses=127.0.0.1", "-cunix_socket_directories="]
        command = [*self.as_account, program("postgres"), "-D", f"{self.folder}/data", "-p", str(self.port), *options]
        self.process = Process(command, self.folder, port=self.port)

    def url(self, database):
        return f"postgres://gok:Wq7-Lp3x@127.0.0.1:{self.port}/{database}"  # only for this test

    def connect(self, database="postgres"):
        return contextlib.closing(psycopg.connect(self.url(database), autocommit=True, connect_timeout=5))

    def answers(self):
        with contextlib.suppress(psycopg.OperationalError), self.connect():
            return True

    def create_database(self):
        name = f"faults_{uuid.uuid4().hex[:10]}"
        with self.connect() as connection:
            connection.execute(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
        return self.url(name)

    def processes(self):
        """The server and those that serve one connection each."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def send(self, number):
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    @contextlib.contextmanager
    def stopped(self):
        """Connected and silent, as a machine whose disk hangs."""
        self.send(signal.SIGSTOP)
        try:
            yield
        finally:
            self.send(signal.SIGCONT)

    def kill(self):
        """kill -9, all of it."""
        self.send(signal.SIGKILL)
        self.process.kill()

    def close(self):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
