"""The whole stack as real processes on ports of the kernel's choice: nginx, Varnish, gunicorn with its clock, an editor."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.databases import ROOT
from tests.serving import Server, free_port, server_environment

DEPLOY = ROOT / "deploy"
SEARCHED = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
PATIENCE = 240  # seconds for a start on a machine that is busy with other things
QUICK = {"50s": "2s", "10s": "1s"}  # times of the cache, shortened where a test would wait for them


def program(name):
    """Where a system's program is; a test that cannot run fails."""
    path = shutil.which(name, path=SEARCHED)
    assert path, f"{name} is missing: run `make test-faults`, or install it"
    return path


def until(condition, seconds, pause=0.05):
    """The seconds until `condition` was true, or None when it was not in time."""
    begin = time.monotonic()
    while time.monotonic() - begin < seconds:
        with contextlib.suppress(OSError):
            if condition():
                return time.monotonic() - begin
        time.sleep(pause)
    return None


def is_listening(port):
    with socket.create_connection(("127.0.0.1", port), timeout=1):
        return True


def is_silent(port):
    try:
        return not is_listening(port)
    except OSError:
        return True


class Process:
    """A program in a process group of its own, that ends with all its children."""

    def __init__(self, command, folder, environment=None, port=None, **options):
        self.log = folder / f"{Path(command[0]).name}.log"
        with self.log.open("ab") as log:
            options = {"stdout": log, "stderr": log, **options}
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, **options)
        self.port = port
        self.is_over = False

    def wait(self):
        """Until it listens; fails at once when it has ended."""
        is_up = until(lambda: self.process.poll() is not None or is_listening(self.port), PATIENCE)
        assert is_up is not None, "did not listen in time"
        assert self.process.poll() is None, self.log.read_text()

    @property
    def pid(self):
        return self.process.pid

    def kill(self, number=signal.SIGKILL):
        if self.is_over:
            return  # by now the number may be somebody else's
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, number)
        self.process.wait(timeout=20)
        self.is_over = True


class Editor(Process):
    """A process of the application that does what it is told, a line of Python at a time."""

    def __init__(self, folder, environment):
        command = [sys.executable, "-u", str(Path(__file__).with_name("editor.py"))]
        super().__init__(
            command, folder, environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def kill(self, number=signal.SIGKILL):
        super().kill(number)
        self.process.stdin.close()
        self.process.stdout.close()

    def ask(self, code):
        """Run `code` in the application; what it has put into `answer`."""
        self.process.stdin.write(json.dumps(code) + "\n")
        outcome = json.loads(self.process.stdout.readline())
        assert "error" not in outcome, outcome["error"]
        return outcome["answer"]

    def do(self, code):
        """Run `code` in the application; the moment (monotonic) at which it had been done."""
        self.ask(code)
        return time.monotonic()


@dataclass
class Stack:
    """All of it. `application`, `cache` and `proxy` are what one asks; their processes have the same name and `_process`."""

    folder: Path
    chosen: dict = field(default_factory=dict)  # what its environment has more
    ports: dict = field(default_factory=lambda: {name: free_port() for name in ("site", "cache", "plain", "tls")})

    def __post_init__(self):
        self.environment = {
            **server_environment(self.folder, self.ports["site"]),
            "FRONT_CACHE_URL": f"http://127.0.0.1:{self.ports['cache']}/",
            **self.chosen,
        }
        self.application = Server(self.ports["site"], self.folder, self.environment)
        self.cache = Server(self.ports["cache"], self.folder, self.environment)
        self.processes = []

    def launch(self, command, port, environment=None):
        """Start a process and remember it, so that it ends with the stack."""
        process = Process(command, self.folder, environment, port)
        self.processes.append(process)
        return process

    def start(self, times=None):
        self.start_application()
        self.start_cache(times or {})
        return self

    def start_application(self):
        self.launch_application()
        self.application_process.wait()
        assert until(lambda: self.is_up(self.application), PATIENCE) is not None

    def launch_application(self):
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.py", "gok_site.wsgi"]
        self.application_process = self.launch(command, self.ports["site"], self.environment)

    @staticmethod
    def is_up(server):
        return server.get("/healthz", headers={"X-Forwarded-Proto": "https"}).status == 200

    def kill_everything(self):
        """kill -9: the proxy, the cache, the application with its workers and its clock."""
        for process in (self.proxy_process, self.cache_process, self.application_process):
            process.kill()
        # A child of Varnish notices a moment later that its parent is gone.
        assert all(until(lambda port=port: is_silent(port), 10) is not None for port in self.ports.values())

    def launch_again(self):
        """All of it anew, at once, as a machine that starts does."""
        self.launch_application()
        self.launch_cache()
        self.launch_proxy()

    def start_cache(self, times):
        """Varnish with the rules of deploy/, on other ports and, where `times` says so, with shorter times."""
        vcl = self.folder / "varnish"
        vcl.mkdir(exist_ok=True)
        rules = (DEPLOY / "varnish" / "site.vcl").read_text()
        for long, short in times.items():
            assert f" {long};" in rules
            rules = rules.replace(f" {long};", f" {short};")
        (vcl / "site.vcl").write_text(rules)
        (vcl / "entry.vcl").write_text(self.entry())
        self.launch_cache()
        self.cache_process.wait()
        assert until(lambda: self.is_up(self.cache), PATIENCE) is not None

    def launch_cache(self):
        port, vcl = self.ports["cache"], self.folder / "varnish"
        unit = (DEPLOY / "gok_site-varnish.conf").read_text()
        command = [program("chrt"), f"--{re.search(r'^CPUSchedulingPolicy=(.*)$', unit, re.M)[1]}", "0"]
        command += [program("varnishd"), "-F", "-j", "none", "-n", str(vcl / "work"), "-a", f"127.0.0.1:{port}"]
        command += ["-f", str(vcl / "entry.vcl"), "-s", "malloc,64m", "-p", "vcc_allow_inline_c=off"]
        command += ["-I", str(DEPLOY / "varnish" / "start.cli")]
        self.cache_process = self.launch(command, port)

    def entry(self):
        """The file that names the application, with the port that it has here."""
        return (DEPLOY / "varnish" / "one-machine.vcl").read_text().replace('"8000"', f'"{self.ports["site"]}"')

    def start_proxy(self):
        """nginx with the site of deploy/ in the surroundings that Debian gives it."""
        folder = self.folder / "nginx"
        folder.mkdir()
        make_certificate(folder)
        site = (DEPLOY / "nginx.conf").read_text()
        for pattern, text in (
            (r"listen \[::\].*;", ""),
            (r"listen 80\b", f"listen 127.0.0.1:{self.ports['plain']}"),
            (r"listen 443\b", f"listen 127.0.0.1:{self.ports['tls']}"),
            (r"127\.0\.0\.1:6081", f"127.0.0.1:{self.ports['cache']}"),
            (r"server_name gok\.example\.org", "server_name localhost mok.localhost"),
            (r"/etc/letsencrypt/live/gok\.example\.org", str(folder)),
            (r"/var/log/nginx", str(folder)),
        ):
            site = re.sub(pattern, text, site)
        temporary = " ".join(
            f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            f"{user} daemon off; worker_processes 2; pid {folder}/pid; error_log {folder}/error.log;\n"
            f"events {{ worker_connections 768; }}\nhttp {{ {temporary}\n{site}\n}}\n"
        )
        self.launch_proxy()
        self.proxy_process.wait()

    def launch_proxy(self):
        folder = self.folder / "nginx"
        command = [program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
        self.proxy_process = self.launch([*command, "-e", str(folder / "error.log")], self.ports["tls"])

    def editor(self, **environment):
        editor = Editor(self.folder, {**self.environment, **environment})
        self.processes.append(editor)
        return editor

    def manage(self, *arguments, **environment):
        command = [sys.executable, "manage.py", *arguments]
        environment = {**self.environment, **environment}
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)

    def details(self):
        """What /healthz tells to who holds the token; names nobody."""
        headers = {"Authorization": f"Bearer {self.environment['HEALTH_TOKEN']}", "X-Forwarded-Proto": "https"}
        answer = self.application.get("/healthz", headers=headers)
        assert "example.org" not in answer.text
        return json.loads(answer.text)["details"]

    def workers(self):
        """Ids of gunicorn's workers."""
        children = Path(f"/proc/{self.application_process.pid}/task/{self.application_process.pid}/children")
        return [
            int(pid)
            for pid in children.read_text().split()
            if b"run_clock" not in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]

    def close(self):
        for process in reversed(self.processes):
            process.kill()


def make_certificate(folder):
    """A certificate that nobody trusts, for a server that nobody else reaches."""
    subprocess.run(
        [
            program("openssl"),
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/CN=localhost",
            "-keyout",
            folder / "privkey.pem",
            "-out",
            folder / "fullchain.pem",
        ],
        check=True,
        capture_output=True,
    )
