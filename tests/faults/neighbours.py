"""What application nodes share beside PostgreSQL, as real processes of our own: Redis and a store of objects."""

import sys

from tests.faults.stack import Process, program
from tests.serving import free_port


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
