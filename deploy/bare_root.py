"""A bare root file system: Debian's smallest, made by debootstrap, with programs run in it by chroot.

Mirrors, the settings of pip and certificates are those of the machine itself, read when it runs.
"""
# ruff: noqa: S603, S607 - running the system's programs, as root, is what it is for

import configparser
import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

POLICY = "usr/sbin/policy-rc.d"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# What tells an installer where its index is and whom to trust; nothing else of the caller's environment goes in.
PASSED = re.compile(r"(PIP|UV)_\w+|SSL_CERT_FILE|REQUESTS_CA_BUNDLE|(?:https?|no|all)_proxy", re.I)
CERTIFICATES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "PIP_CERT")
SECONDS_TO_END = 10


class BareRoot:
    """One root file system. Ends with `close`: its processes, its mounts."""

    def __init__(self, path, environment=None):
        self.path = path
        self.environment = {"PATH": PATH, "HOME": "/root", **(environment or {})}

    def copy(self, path):
        """A root file system with the same files in another folder, nothing mounted yet."""
        # Where the disk can, the copy shares the blocks.
        subprocess.run(["cp", "--archive", "--reflink=auto", self.path, path], check=True)
        return BareRoot(path, self.environment)

    def mount(self, *, written=None):
        """Give it what every machine and every container has: processes, devices, shared memory.

        `written`: the only folders that may be written, as in a container of compose.yaml, beside a /tmp in memory.
        """
        if written is not None:
            self._mount(self.path, "", "", "--bind")
        self._mount("proc", "proc", "proc")
        for name in ("null", "zero", "full", "random", "urandom", "tty"):
            (self.path / "dev" / name).touch()
            self._mount(f"/dev/{name}", f"dev/{name}", "", "--bind")
        self._mount("devpts", "dev/pts", "devpts", "--options=newinstance,ptmxmode=0666")
        self._mount("tmpfs", "dev/shm", "tmpfs", "--options=mode=1777")
        if written is not None:
            self._mount("tmpfs", "tmp", "tmpfs", "--options=mode=1777")
            for folder in written:
                self._mount(self.path / folder.lstrip("/"), folder.lstrip("/"), "", "--bind")
            self._forbid_writing("")

    def lend(self, folder):
        """Show a folder of the machine at the same place, read only."""
        (self.path / folder.lstrip("/")).mkdir(parents=True, exist_ok=True)
        self._mount(folder, folder.lstrip("/"), "", "--bind")
        self._forbid_writing(folder.lstrip("/"))

    def _mount(self, what, where, kind, *options):
        place = self.path / where
        if kind:
            place.mkdir(parents=True, exist_ok=True)
            options = ("--types", kind, *options)
        subprocess.run(["mount", *options, what, place], check=True)

    def _forbid_writing(self, where):
        subprocess.run(["mount", "--options", "remount,bind,ro", self.path / where], check=True)

    def start(self, command, *, environment=None, workdir="/", within=(), confine=(), **options):
        """A process of it. `within`: a command in front, outside of it; `confine`: one in front, in it."""
        inner = ["/bin/sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", workdir, *command]
        return subprocess.Popen(
            [*within, program("chroot"), str(self.path), *confine, *inner],
            env={**self.environment, **(environment or {})},
            start_new_session=True,
            **options,
        )

    def run(self, command, **options):
        """Run a command to its end; `RuntimeError` with what it said last if it fails."""
        with self.start(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options) as process:
            said = process.communicate()[0]
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{said[-6000:]}")
        return said

    def install(self, *packages):
        """With apt, as its README asks the reader to."""
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        self.run(["apt-get", "update", "-qq"], environment=quiet)
        self.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], environment=quiet)

    def processes(self):
        """Ids of all processes that live in it."""
        found = []
        for folder in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if folder.name.isdigit() and (folder / "root").readlink() == self.path:
                    found.append(int(folder.name))
        return found

    def close(self):
        """End what still runs in it, and unmount."""
        deadline = time.monotonic() + SECONDS_TO_END
        while (left := self.processes()) and time.monotonic() < deadline:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.1)
        for place in reversed(mounted(self.path)):
            subprocess.run(["umount", place], check=True)


def mounted(path):
    """What is mounted at `path` and below it, in the order of mounting."""
    places = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]
    return [place for place in places if place == str(path) or place.startswith(f"{path}/")]


def program(name):
    """Where a program of the machine is; a sentence if it is missing."""
    path = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if path is None:
        raise SystemExit(f"{name} is missing. Please run: sudo apt-get install debootstrap util-linux git iproute2")
    return path


def debian(path, suite):
    """Debian's smallest system of a suite in a new folder, with the sources and index settings of this machine."""
    sources = apt_sources(suite)
    mirrors = [site for site, release, _ in sources if release == suite]
    if not mirrors:
        raise SystemExit(f"This machine's apt sources know no {suite}: name another with --suite.")
    command = [program("debootstrap"), "--variant=minbase", suite, str(path), mirrors[0]]
    said = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if said.returncode:
        raise RuntimeError(f"debootstrap ended with {said.returncode}:\n{said.stdout[-3000:]}")
    lines = "".join(f"deb {site} {release} {component}\n" for site, release, component in sources)
    (path / "etc/apt/sources.list").write_text(lines)
    settings = output("apt-config", "dump", "Acquire")
    (path / "etc/apt/apt.conf.d/99machine").write_text(settings)
    # No program starts by being installed.
    (path / POLICY).write_text("#!/bin/sh\nexit 101\n")
    (path / POLICY).chmod(0o755)
    (path / "etc/hosts").write_text("127.0.0.1 localhost\n::1 localhost\n")
    return BareRoot(path, passed_settings(path))


def apt_sources(suite):
    """(site, release, component) of each source of this machine that belongs to a suite or its updates."""
    listed = output("apt-get", "indextargets", "--format", "$(SITE) $(RELEASE) $(COMPONENT)", "Created-By: Packages")
    wanted = {suite, f"{suite}-updates", f"{suite}-security"}
    found = dict.fromkeys(tuple(line.split()) for line in listed.splitlines())
    return [source for source in found if len(source) == 3 and source[1] in wanted]


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def passed_settings(path):
    """The environment for installers in the root at `path`; certificates and pip's own files are copied into it."""
    environment = {name: value for name, value in os.environ.items() if PASSED.fullmatch(name)}
    copies = {}
    # Not to their own place: the package ca-certificates would write over them.
    (path / "etc/machine-certificates").mkdir(exist_ok=True)
    for number, name in enumerate(dict.fromkeys([*map(environment.get, CERTIFICATES), *pip_certificates()])):
        if name and Path(name).is_file():
            copies[name] = f"/etc/machine-certificates/{number}.pem"
            shutil.copyfile(name, path / copies[name].lstrip("/"))
    for name in pip_files():
        text = Path(name).read_text()
        for original, copy in copies.items():
            text = text.replace(original, copy)
        place = path / ("etc/pip.conf" if name.startswith("/etc/") else "root/.config/pip/pip.conf")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return {name: copies.get(value, value) for name, value in environment.items()}


def pip_files():
    """pip's configuration for the machine and for its user."""
    return [name for name in ("/etc/pip.conf", str(Path.home() / ".config/pip/pip.conf")) if Path(name).is_file()]


def pip_settings():
    """The values of pip's configuration: (name, value)."""
    settings = configparser.RawConfigParser(strict=False)
    for name in pip_files():
        settings.read(name)
    return [item for section in settings.sections() for item in settings.items(section)]


def pip_certificates():
    return [value for name, value in pip_settings() if name == "cert"]


def local_indexes():
    """Folders of this machine that pip's settings point at: they are lent to what installs."""
    values = [value for _, value in pip_settings()]
    values += [value for name, value in os.environ.items() if PASSED.fullmatch(name)]
    words = [word for value in values for word in value.split()]
    # An index of files keeps the packages beside its pages.
    folders = [str(Path(word.removeprefix("file://")).parent) if ":" in word else word for word in words]
    return list(dict.fromkeys(name for name in folders if name.startswith("/") and Path(name).is_dir()))
