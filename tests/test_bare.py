"""The Dockerfile can be followed without a container engine, wholly or not at all."""

import os
import re

import pytest

from deploy import dockerfile, try_bare
from tests.databases import ROOT

SENT = ["manage.py", "deploy/container.sh", "requirements/runtime.txt", "gok_site/urls.py"]
KEPT_BACK = [".git/config", ".env", "tests/test_bare.py", "requirements/dev.txt", "gok_site/__pycache__/urls.pyc"]


class Followed:
    """A context with some files, stages as empty folders, and a note of each command."""

    def __init__(self, folder, ignored="", files=()):
        self.folder, self.commands = folder, []
        context = folder / "context"
        for name in files:
            (context / name).parent.mkdir(parents=True, exist_ok=True)
            (context / name).write_text(name)
        context.mkdir(exist_ok=True)
        (context / ".dockerignore").write_text(ignored)
        self.builder = dockerfile.Builder(context, lay_out=self.lay_out, run=self.run)

    def lay_out(self, image, name):
        root = self.folder / name
        root.mkdir()
        return root, {"PATH": "/bin"}

    def run(self, stage, command):
        self.commands.append((stage.name, stage.user, stage.workdir, command[-1]))
        # What the build would have made, so that a later stage finds it.
        for place in re.findall(r"/srv/static|/opt/venv", command[-1]):
            os.makedirs(f"{stage.root}{place}", exist_ok=True)


def test_every_instruction_of_our_dockerfile_is_followed(tmp_path):
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    followed = Followed(tmp_path, ignored, [*SENT, *KEPT_BACK])
    stage = followed.builder.build((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    assert [(name, user) for name, user, *_ in followed.commands] == [("build", "root")] * 2 + [("1", "root")]
    assert followed.commands[0][3].startswith("python -m venv /opt/venv && /opt/venv/bin/pip install")
    assert stage.environment["PATH"] == "/opt/venv/bin:/bin"
    assert (stage.user, stage.workdir, stage.volumes) == ("gok", "/srv/gok_site", ["/data"])
    assert [*stage.entrypoint, *stage.command][:2] == ["/srv/gok_site/deploy/container.sh", "gunicorn"]
    assert stage.health == ["python", "deploy/healthy.py"]
    arrived = {str(path.relative_to(stage.root / "srv/gok_site")) for path in stage.root.rglob("*") if path.is_file()}
    assert arrived == {*SENT, "requirements/packages.txt"}


@pytest.mark.parametrize(
    "step",
    [
        "ADD x /x",
        "ARG version",
        "ENV name value",
        "COPY --chown=gok x /x",
        "COPY *.py /x/",
        "COPY ${UNKNOWN}.txt /x/",
        "RUN --mount=type=cache,target=/x true",
        "RUN <<END",
        "USER gok:gok",
        "CMD gunicorn",
        "HEALTHCHECK NONE",
    ],
)
def test_what_is_not_understood_is_refused_rather_than_skipped(tmp_path, step):
    with pytest.raises(dockerfile.NotUnderstoodError):
        Followed(tmp_path).builder.build(f"FROM python:3.11-slim-bookworm\n{step}\n")


def test_the_container_gets_what_compose_gives_the_embedded_site():
    environment = try_bare.compose_environment(ROOT)
    assert environment["BEHIND_PROXY"] == "true"
    assert environment["FRONT_CACHE_URL"] == "http://127.0.0.1:80/"
    assert len(environment["SECRET_KEY"]) > 50
    assert environment["ALLOWED_HOSTS"]
