"""A Dockerfile followed in plain folders, without a container engine: what deploy/try_bare.py builds from.

Knows the instructions that ours uses and refuses every other one, so that nothing is skipped in silence.
"""

import json
import re
import shlex
import shutil
from dataclasses import dataclass, field
from pathlib import Path


class NotUnderstoodError(Exception):
    """An instruction, or a form of one, that is not followed here."""


@dataclass
class Step:
    """One instruction: `RUN`, `COPY` …, its flags (`--from=build`) and the rest of its text."""

    name: str
    flags: dict
    text: str

    def words(self):
        if self.text.startswith("["):
            raise NotUnderstoodError(f"{self.name} as a list")
        return shlex.split(self.text)

    def listed(self):
        """The command of an exec form; the form for a shell is refused, as it would swallow signals."""
        if not self.text.startswith("["):
            raise NotUnderstoodError(f"{self.name} without a list")
        return json.loads(self.text)

    def allow(self, *flags):
        if unknown := set(self.flags) - set(flags):
            raise NotUnderstoodError(f"{self.name} with {', '.join(sorted(unknown))}")


@dataclass
class Stage:
    """A root file system in the making, and how what is in it will be started."""

    image: str
    name: str
    root: Path
    environment: dict
    workdir: str = "/"
    user: str = "root"
    entrypoint: list = field(default_factory=list)
    command: list = field(default_factory=list)
    health: list = field(default_factory=list)
    volumes: list = field(default_factory=list)
    arguments: dict = field(default_factory=dict)

    def inside(self, path):
        """Where a path of the image lies on the machine that builds it."""
        return self.root / (Path(self.workdir) / path).relative_to("/")


def read(text):
    """The steps of a Dockerfile's text; comments and continued lines as the format defines them."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    steps = []
    for line in re.sub(r"\s*\\\n\s*", " ", "\n".join(lines)).splitlines():
        name, _, rest = line.strip().partition(" ")
        flags = {}
        while match := re.match(r"--([a-z-]+)=(\S+)\s+", rest.lstrip()):
            flags[match[1]] = match[2]
            rest = rest.lstrip()[match.end() :]
        steps.append(Step(name.upper(), flags, rest.strip()))
    return steps


class Builder:
    """Follows the steps. `context`: the folder that is sent to a build; `lay_out(image, name)` makes a stage's base and
    returns its root and environment; `run(stage, command)` runs a command in it and raises if it fails.
    """

    def __init__(self, context, *, lay_out, run):
        self.context, self.lay_out, self.run = context, lay_out, run
        self.ignored = ignore_rules(context)
        self.stages = []

    def build(self, text):
        """Follow the text of a Dockerfile; its last stage."""
        for step in read(text):
            method = getattr(self, f"do_{step.name.lower()}", None)
            if method is None:
                raise NotUnderstoodError(step.name)
            method(step)
        return self.stage

    @property
    def stage(self):
        if not self.stages:
            raise NotUnderstoodError("a step before FROM")
        return self.stages[-1]

    def do_from(self, step):
        step.allow()
        match = re.fullmatch(r"(\S+)(?:\s+AS\s+(\S+))?", step.text, re.I)
        if match is None:
            raise NotUnderstoodError(f"FROM {step.text}")
        name = match[2] or str(len(self.stages))
        self.stages.append(Stage(match[1], name, *self.lay_out(match[1], name)))

    def do_env(self, step):
        step.allow()
        before = dict(self.stage.environment)
        for word in step.words():
            name, equals, value = word.partition("=")
            if not equals:
                raise NotUnderstoodError("ENV without an equals sign")
            self.stage.environment[name] = re.sub(
                r"\$\{(\w+)\}|\$(\w+)", lambda found: before.get(found[1] or found[2], ""), value
            )

    def do_arg(self, step):
        """Only with a value of its own: nobody gives another to a build here."""
        step.allow()
        name, equals, value = step.text.partition("=")
        if not equals:
            raise NotUnderstoodError("ARG without a value")
        self.stage.arguments[name] = value

    def do_workdir(self, step):
        step.allow()
        self.stage.workdir = str(Path(self.stage.workdir) / step.text)
        self.stage.inside(".").mkdir(parents=True, exist_ok=True)

    def do_run(self, step):
        step.allow()
        if "<<" in step.text:
            raise NotUnderstoodError("RUN with a document of its own")
        is_list = step.text.startswith("[")
        self.run(self.stage, step.listed() if is_list else ["/bin/sh", "-c", step.text])

    def do_copy(self, step):
        step.allow("from")
        *sources, target = (self.filled(word) for word in step.words())
        if any(set(word) & set("*?[$") for word in [*sources, target]):
            raise NotUnderstoodError(f"COPY {step.text}")
        for source in sources:
            self.copy(step.flags.get("from"), source, target, is_folder=target.endswith("/") or len(sources) > 1)

    def filled(self, word):
        """A word with the values of the stage's arguments in it; an unknown name stays, to be refused."""
        return re.sub(r"\$\{(\w+)\}", lambda found: self.stage.arguments.get(found[1], found[0]), word)

    def copy(self, name, source, target, *, is_folder):
        if name is None:
            found, skip = self.context / source.lstrip("/"), self.skipped
        else:
            (other,) = [stage for stage in self.stages[:-1] if stage.name == name]
            found, skip = other.root / source.lstrip("/"), None
        place = self.stage.inside(target)
        if found.is_dir():
            shutil.copytree(found, place, symlinks=True, dirs_exist_ok=True, ignore=skip)
        else:
            place = place / found.name if is_folder or place.is_dir() else place
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(found, place)

    def skipped(self, folder, names):
        """For `copytree`: what .dockerignore keeps out, save folders in which something is let in again."""
        inside = Path(folder).relative_to(self.context)
        return {name for name in names if self.is_ignored((inside / name).as_posix())}

    def is_ignored(self, path):
        """By the last rule that fits the path or a folder above it."""
        whole = Path(path)
        above = [part.as_posix() for part in [whole, *whole.parents]]
        fitting = [is_out for rule, is_out in self.ignored if any(rule.fullmatch(part) for part in above)]
        lets_in = (self.context / path).is_dir() and any(
            not is_out and rule.pattern.startswith(re.escape(f"{path}/")) for rule, is_out in self.ignored
        )
        return bool(fitting) and fitting[-1] and not lets_in

    def do_user(self, step):
        step.allow()
        if ":" in step.text:
            raise NotUnderstoodError("USER with a group")
        self.stage.user = step.text

    def do_volume(self, step):
        step.allow()
        self.stage.volumes += step.words()

    def do_expose(self, step):
        """A remark for people: nothing follows from it."""
        step.allow()

    def do_entrypoint(self, step):
        step.allow()
        self.stage.entrypoint, self.stage.command = step.listed(), []

    def do_cmd(self, step):
        step.allow()
        self.stage.command = step.listed()

    def do_healthcheck(self, step):
        step.allow("interval", "timeout", "start-period")
        word, _, rest = step.text.partition(" ")
        if word != "CMD":
            raise NotUnderstoodError(f"HEALTHCHECK {step.text}")
        self.stage.health = Step("HEALTHCHECK", {}, rest.strip()).listed()


def ignore_rules(context):
    """The patterns of .dockerignore, in order: (expression, whether what fits stays out)."""
    path = context / ".dockerignore"
    rules = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        pattern = line.strip()
        if pattern and not pattern.startswith("#"):
            rules.append((as_expression(pattern.lstrip("!").strip("/")), not pattern.startswith("!")))
    return rules


def as_expression(pattern):
    """`**` stands for any folders, `*` and `?` for letters within one name."""
    if "[" in pattern:
        raise NotUnderstoodError(f".dockerignore: {pattern}")
    text = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*\*", ".*")
    return re.compile(text.replace(r"\*", "[^/]*").replace(r"\?", "[^/]"))
