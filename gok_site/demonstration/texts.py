"""The sample texts, read from the TOML files beside this module."""

import tomllib
from pathlib import Path

HERE = Path(__file__).parent
CENTRES = ("rudziniec", "mszczonow")


def read(centre):
    """All texts of a centre by the name of their file, the shared ones among them."""
    files = [*sorted((HERE / centre).glob("*.toml")), HERE / "statutory.toml"]
    texts = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}
    return texts | {"shared_evaluation": tomllib.loads((HERE / "evaluation.toml").read_text(encoding="utf-8"))}
