#!/usr/bin/env python3
"""Tries the README's two commands and the Dockerfile in a bare Debian, without a container engine.

    sudo python3 deploy/try_bare.py [--whole] [--suite bookworm] [--folder /tmp] [--only newcomer|container]

Needs root, debootstrap, and some 5 GB below --folder. Takes what is committed. Installs only what the README names, so
that a package which nobody asked for shows by being missing. Without --whole `make test` runs a few tests that need all
that the others do: a browser, the HTML checker, a PDF. Everything is unmounted and removed at the end.

A Dockerfile's `FROM python:3.11-slim-…` is laid out as the bare Debian with its own python3 (in bookworm: 3.11), under the
name that the image gives it.
"""
# ruff: noqa: S603 - running the system's programs, as root, is what it is for

import argparse
import contextlib
import http.client
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from deploy.bare_root import PATH, BareRoot, debian, local_indexes, mounted, passed_settings, program  # noqa: E402 - found by the line above
from deploy.dockerfile import Builder  # noqa: E402

HOME = "/srv/gok_site"
SITES = ("localhost", "mok.localhost")
README_ASKS_FOR = ("git", "make", "python3")
# What python:3.11-slim has beyond Debian's smallest system and Python.
IMAGE_HAS = ("ca-certificates", "netbase", "tzdata", "python3", "python3-venv")
A_FEW = "tests/test_toolchain.py tests/test_html.py tests/accessibility/test_declaration_pdf.py tests/browser/test_keyboard.py"
SECONDS_TO_INSTALL = 3600  # a busy machine loads the demonstration slowly
SECONDS_FOR_SECOND_START = 5
SECONDS_TO_START = 300
SECONDS_TO_STOP = 30  # compose.yaml: stop_grace_period


def main():
    """Everything, in a mount namespace of its own: whatever happens, no mount outlives this process."""
    options = read_options()
    if os.geteuid() != 0:
        sys.exit("A root file system is made by root: sudo python3 deploy/try_bare.py")
    if "GOK_SITE_BARE" not in os.environ:
        command = [program("unshare"), "--mount", "--propagation", "private", sys.executable, *sys.argv]
        os.execve(command[0], command, {**os.environ, "GOK_SITE_BARE": "1"})  # noqa: S606
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
    folder = Path(tempfile.mkdtemp(prefix="gok_site-bare-", dir=options.folder)).resolve()
    trial = Trial(folder, options)
    try:
        trial.run()
    except (SystemExit, RuntimeError) as fault:
        trial.faults.append(str(fault))
    finally:
        print("Removing everything …", *trial.faults, sep="\n", flush=True)
        trial.close()
    print("\n".join(trial.table()))
    sys.exit("\n".join(trial.faults) or 0)


def read_options():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--whole", action="store_true", help="Run the whole suite.")
    arguments.add_argument("--suite", default="bookworm")
    arguments.add_argument("--base", type=Path, help="Keep the bare Debian in this folder for the next time.")
    arguments.add_argument("--folder", default=tempfile.gettempdir())
    arguments.add_argument("--only", choices=["newcomer", "container"])
    return arguments.parse_args()


class Trial:
    """One run: its file systems, and how long each step took."""

    def __init__(self, folder, options):
        self.folder, self.options = folder, options
        self.steps, self.faults = [], []

    @contextlib.contextmanager
    def step(self, name):
        """Time a step, say that it goes on, and add it to the table."""
        print(f"{name} …", flush=True)
        begin = time.monotonic()
        yield
        seconds = time.monotonic() - begin
        self.steps.append((name, seconds, self.megabytes()))
        print(f"    {seconds:.1f} s", flush=True)

    def megabytes(self):
        """What lies below the folder on disk, without what is only lent or in memory."""
        skipped = {place for place in mounted(self.folder) if Path(place).parent != self.folder}
        blocks = 0
        for folder, names, files in os.walk(self.folder):
            names[:] = [name for name in names if f"{folder}/{name}" not in skipped]
            for name in files:
                with contextlib.suppress(FileNotFoundError):
                    blocks += os.lstat(f"{folder}/{name}").st_blocks
        return blocks // 2048

    def table(self):
        rows = [f"| {name} | {seconds:.1f} | {size} |" for name, seconds, size in self.steps]
        return ["", "| step | seconds | MB on disk after it |", "|---|---|---|", *rows]

    def run(self):
        with self.step("debootstrap"):
            self.base = self.laid_out()
            bundle = self.base.path / "srv/gok_site.bundle"
            subprocess.run([program("git"), "-C", ROOT, "bundle", "create", "--quiet", bundle, "HEAD"], check=True)
        if self.options.only != "container":
            self.try_as_newcomer()
        if self.options.only != "newcomer":
            self.try_container()

    def close(self):
        """End, unmount, remove; nothing is removed below a mount that would not go."""
        for path in self.folder.iterdir():
            BareRoot(path).close()
        if mounted(self.folder):
            sys.exit(f"Something is still mounted below {self.folder}: it stays where it is.")
        shutil.rmtree(self.folder)

    def laid_out(self):
        """The bare Debian below the folder of this run; a copy of the one that --base keeps, which is made if need be."""
        path = self.folder / "base"
        kept = self.options.base
        if kept is None:
            return debian(path, self.options.suite)
        if not kept.exists():
            debian(kept, self.options.suite)
        return BareRoot(kept.resolve(), passed_settings(kept)).copy(path)

    # As somebody who has just read the README.

    def try_as_newcomer(self):
        root = self.base.copy(self.folder / "newcomer")
        root.mount()
        for folder in local_indexes():
            root.lend(folder)
        with self.step(f"apt-get install {' '.join(README_ASKS_FOR)}"):
            root.install(*README_ASKS_FOR)
        with self.step("git clone"):
            root.run(["git", "clone", "--quiet", "--config", "advice.detachedHead=false", "/srv/gok_site.bundle", HOME])
        self.run_site(root, "make run, first start", SECONDS_TO_INSTALL)
        seconds = self.run_site(root, "make run, second start", SECONDS_TO_START)
        if seconds > SECONDS_FOR_SECOND_START:
            self.faults.append(f"The second start took {seconds:.1f} s, more than {SECONDS_FOR_SECOND_START} s.")
        arguments = [] if self.options.whole else [f"ARGS={A_FEW}"]
        with self.step(f"make test {' '.join(arguments)}"):
            root.run(["make", "test", *arguments], workdir=HOME)
        expect_nobody(root)

    def run_site(self, root, name, patience):
        """Start the demonstration, wait for both sites, stop it, and see that nothing stays behind; seconds of the start."""
        log, port = self.folder / "make-run.log", free_port()
        with self.step(name), log.open("w") as said:
            begin = time.monotonic()
            settings = {"PORT": str(port)}
            process = root.start(["make", "run"], environment=settings, workdir=HOME, stdout=said, stderr=said)
            wait_until(lambda: all(answers(port, host) for host in SITES), process, patience, log)
            seconds = time.monotonic() - begin
        with self.step("SIGTERM"):
            stop(process)
            expect_nobody(root)
        return seconds

    # As a container engine would.

    def try_container(self):
        with self.step(f"the image's base: {' '.join(IMAGE_HAS)}"):
            image = self.base.copy(self.folder / "image")
            image.mount()
            image.install(*IMAGE_HAS)
            (image.path / "usr/local/bin/python").symlink_to("/usr/bin/python3")
            image.close()
        context = self.folder / "context"
        bundle = self.base.path / "srv/gok_site.bundle"
        subprocess.run(
            [program("git"), "clone", "--quiet", "--config", "advice.detachedHead=false", bundle, context], check=True
        )
        roots = {}

        def lay_out(name, stage):
            if not re.fullmatch(r"python:3\.\d+-slim-" + re.escape(self.options.suite), name):
                sys.exit(f"FROM {name}: what stands in for it is not known here.")
            roots[stage] = image.copy(self.folder / f"stage-{stage}")
            roots[stage].mount()
            for folder in local_indexes():
                roots[stage].lend(folder)
            return roots[stage].path, {"PATH": PATH, "LANG": "C.UTF-8"}

        def run(stage, command):
            shown = " ".join(command[2:] if command[:2] == ["/bin/sh", "-c"] else command)
            with self.step(f"RUN {shown[:60]}…"):
                roots[stage.name].run(
                    command, environment=stage.environment, workdir=stage.workdir, confine=as_user(stage.user)
                )

        stage = Builder(context, lay_out=lay_out, run=run).build((context / "Dockerfile").read_text())
        self.start_container(roots[stage.name], stage, context)

    def start_container(self, root, stage, context):
        """Start the last stage as `compose --profile embedded` does: read only, unprivileged, in a network of its own."""
        root.close()
        (home,) = re.findall(rf"^{stage.user}:.*:(.*):.*$", (root.path / "etc/passwd").read_text(), re.M)
        root.environment = {"HOME": home, **stage.environment, **compose_environment(context)}
        root.mount(written=stage.volumes)
        log = self.folder / "container.log"
        within = (program("unshare"), "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
        bounds = as_user(stage.user, "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs")
        with self.step("the container's command, until healthy"), log.open("w") as said:
            process = root.start(
                [*stage.entrypoint, *stage.command],
                workdir=stage.workdir,
                within=within,
                confine=bounds,
                stdout=said,
                stderr=said,
            )
            inside = (program("nsenter"), f"--net=/proc/{process.pid}/ns/net")

            def is_healthy():
                with contextlib.suppress(RuntimeError):
                    root.run(stage.health, workdir=stage.workdir, within=inside, confine=bounds)
                    return True
                return False

            wait_until(is_healthy, process, SECONDS_TO_START, log)
        with self.step("SIGTERM"):
            stop(process)
            expect_nobody(root)


def as_user(name, *more):
    """The command that goes on as `name`."""
    return ["setpriv", f"--reuid={name}", f"--regid={name}", "--init-groups", *more, "--"]


def compose_environment(context):
    """What compose.yaml gives the embedded site: deploy/example.env with a secret, and the service's own lines."""
    example = (context / "deploy/example.env").read_text()
    values = dict(re.findall(r"^([A-Z_]+)=(.*)$", example, re.M))
    values["SECRET_KEY"] = secrets.token_urlsafe(50)
    service = re.search(
        r"^  site:\n(?:    .*\n)*?    environment:\n((?:      .*\n)+)", (context / "compose.yaml").read_text(), re.M
    )
    own = re.findall(r'^      ([A-Z_]+): "?([^"\n]*)"?$', service[1], re.M)
    return {**values, **dict(own)}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port, host):
    """Whether the site of that name answers over 127.0.0.1."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
        connection.request("GET", "/", headers={"Host": f"{host}:{port}"})
        return connection.getresponse().status == 200
    return False


def wait_until(condition, process, patience, log):
    """Until the condition holds; with the log's end when the process has ended or patience is over."""
    deadline = time.monotonic() + patience
    while not condition():
        if process.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"It did not start:\n{log.read_text()[-6000:]}")
        time.sleep(0.1)


def stop(process):
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        sys.exit(f"It did not end within {SECONDS_TO_STOP} s of SIGTERM.")


def expect_nobody(root):
    """Fail if a process has outlived what started it."""
    if left := root.processes():
        lines = [Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode() for pid in left]
        sys.exit("Left behind:\n" + "\n".join(lines))


if __name__ == "__main__":
    main()
