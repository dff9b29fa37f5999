"""The scaled shape: two application nodes on one PostgreSQL, Redis and store of objects, behind one cache and proxy."""

import http.client
import re
import ssl
import subprocess
import sys
import threading
from contextlib import contextmanager

import requests

from gok_site.management.commands.prepare import static_fingerprint
from tests.databases import CACHE, ROOT, alone
from tests.faults.stack import DEPLOY, PATIENCE, Editor, Process, Stack, program, until
from tests.serving import Server, free_port

CENTRE = ["--name", "Gminny Ośrodek Kultury", "--short-name", "GOK", "--hostname", "localhost", "--kind", "gok"]
USERNAME, PASSWORD = "redaktorka", "Kq2w-Zx81-Lp0v"  # only for this test
ENOUGH_TO_MEET_ALL = 10  # two workers of each node take what comes
TOKEN = "Mn47-Rt5y-Kq2w-Zx81-Lp0v"  # only for this test


class Node:
    """One application server with a folder of its own."""

    def __init__(self, data, environment):
        self.data, self.port, self.process = data, free_port(), None
        data.mkdir()
        self.environment = {**environment, "DATA_DIR": str(data), "PORT": str(self.port)}
        self.server = Server(self.port, data, self.environment)

    def start(self):
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.py", "gok_site.wsgi"]
        self.process = Process(command, self.data, self.environment, self.port)
        self.process.wait()
        assert until(lambda: self.server.get("/healthz").status == 200, PATIENCE) is not None

    def leave(self):
        """End as a restart ends it: with the requests that are under way."""
        self.process.process.terminate()
        self.process.process.wait(timeout=60)
        self.process.kill()

    def kill(self):
        if self.process is not None:
            self.process.kill()

    def manage(self, *arguments, **environment):
        command = [sys.executable, "manage.py", *arguments]
        environment = {**self.environment, **environment}
        result = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
        assert result.returncode == 0, result.stderr[-2000:]
        return result.stdout

    def health(self):
        return self.server.get("/healthz", headers={"Authorization": f"Bearer {TOKEN}"})


class Nodes(Stack):
    """`nodes` are the two, `cache` and `proxy` what visitors meet, `redis` and `store` the neighbours."""

    def __init__(self, folder, database, redis, store):
        super().__init__(folder)
        self.database, self.redis, self.store = database, redis, store
        self.environment |= {
            "DATABASE_URL": database,
            "CACHE_URL": redis.address,
            "MEDIA_STORAGE_URL": store.bucket("gok"),
            "SECRET_KEY": "only-for-tests-of-two-nodes",  # only for this test
            "HEALTH_TOKEN": TOKEN,
        }
        self.nodes = [Node(folder / name, self.environment) for name in ("node-1", "node-2")]

    def lay_out(self):
        """The collected files, a centre in the database, an account."""
        first = self.nodes[0]
        static = CACHE / f"static-{static_fingerprint()[:20]}" / "files"
        static.mkdir(parents=True, exist_ok=True)
        for node in self.nodes:
            (node.data / "static").symlink_to(static, target_is_directory=True)
        with alone(static.parent):
            if not (static / ".collected").exists():
                first.manage("collectstatic", "--no-input", "--verbosity", "0", "--clear")
                (static / ".collected").write_text(static_fingerprint())
        first.manage("migrate", "--no-input", "--verbosity", "0")
        first.manage("create_centre", *CENTRE)
        account = ["--noinput", "--username", USERNAME, "--email", f"{USERNAME}@example.org"]
        first.manage("createsuperuser", *account, DJANGO_SUPERUSER_PASSWORD=PASSWORD)

    def start(self, times=None):
        for node in self.nodes:
            node.start()
        self.start_cache(times or {})
        self.start_proxy()
        return self

    def entry(self):
        text = (DEPLOY / "varnish" / "several-nodes.vcl").read_text()
        for number, node in enumerate(self.nodes, 1):
            text = re.sub(
                rf'"node-{number}";(\s+)\.port = "8000"', rf'"127.0.0.1";\g<1>.port = "{node.port}"', text, count=1
            )
        assert '"8000"' not in text
        return text

    def editor_on(self, node):
        editor = Editor(node.data, node.environment)
        self.processes.append(editor)
        return editor

    def are_all_known(self):
        """Whether the cache counts on every node."""
        command = [program("varnishadm"), "-n", str(self.folder / "varnish" / "work"), "backend.list"]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return len(re.findall(r"node_\d.*\bhealthy\b", said)) == len(self.nodes)

    def revive(self):
        """Every part runs, and the cache knows it."""
        for node in self.nodes:
            if node.process.process.poll() is not None:
                node.start()
        assert until(self.are_all_known, 60, pause=0.5) is not None

    def are_all_content(self):
        """Whether no worker still leaves a neighbour alone that was away: each is asked, as far as chance allows."""
        return all("-away" not in node.health().text for node in self.nodes for _time in range(ENOUGH_TO_MEET_ALL))

    @contextmanager
    def visitors(self, number=3):
        """People who ask for pages through proxy and cache until the block ends; their list of (path, status)."""
        answers, stop = [], threading.Event()
        threads = [threading.Thread(target=self._visit, args=[who, answers, stop]) for who in range(number)]
        for thread in threads:
            thread.start()
        try:
            yield answers
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def _visit(self, who, answers, stop):
        tls = ssl.create_default_context()
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
        count = 0
        while not stop.is_set():
            count += 1
            path = "/" if count % 4 == 0 else f"/szukaj/?q=w{who}x{count}"
            connection = http.client.HTTPSConnection("127.0.0.1", self.ports["tls"], timeout=60, context=tls)
            try:
                connection.request("GET", path, headers={"Host": "localhost"})
                answer = connection.getresponse()
                answers.append((path, answer.status if answer.read().rstrip().endswith(b"</html>") else "cut off"))
            except OSError as error:
                answers.append((path, repr(error)))
            finally:
                connection.close()

    def close(self):
        super().close()
        for part in (*self.nodes, self.redis, self.store):
            part.kill()


class Colleague:
    """Somebody of the staff with a browser, at one port."""

    def __init__(self, port):
        self.base, self.session = f"http://localhost:{port}", requests.Session()
        self.session.trust_env = False

    def get(self, path):
        return self.session.get(self.base + path, timeout=60, allow_redirects=False)

    def send(self, path, data, **options):
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path).text)[1]
        data = {**data, "csrfmiddlewaretoken": token}
        return self.session.post(self.base + path, data, timeout=60, allow_redirects=False, **options)

    def log_in(self):
        assert self.send("/admin/login/", {"username": USERNAME, "password": PASSWORD}).status_code == 302
        assert self.is_in()
        return self

    def is_in(self):
        return self.get("/admin/account/").status_code == 200

    def upload(self, name, content):
        """Send a picture by the editor's form; the answer."""
        fields = {"title": name, "description": "Próba sceny", "licence": "reserved", "collection": "1", "tags": ""}
        return self.send("/admin/images/add/", fields, files={"file": (f"{name}.png", content, "image/png")})
