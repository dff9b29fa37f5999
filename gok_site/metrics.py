"""The figures of `/healthz` in the words of Prometheus (text format 0.0.4), for those who collect them."""

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
MEANINGS = {
    "gok_site_up": "Whether a page can be served.",
    "gok_site_warning": "A warning that everybody may know, by its code.",
    "gok_site_part_ok": "Whether a part of the site is well.",
    "gok_site_part": "A figure of a part of the site, in the unit that its name tells.",
}


def as_text(answer):
    """`answer`: what `/healthz` would say as JSON; its words are left out, since only figures can be collected."""
    rows = {name: [] for name in MEANINGS}
    rows["gok_site_up"].append(("", answer["status"] == "ok"))
    rows["gok_site_warning"] += [(_labels(code=code), True) for code in answer.get("warnings", ())]
    for part, facts in answer.get("details", {}).items():
        rows["gok_site_part_ok"].append((_labels(part=part), facts["ok"]))
        figures = {name: fact for name, fact in facts.items() if name != "ok"}
        # A list (of failing jobs) counts; a name or a moment is no figure.
        figures = {name: len(fact) if isinstance(fact, list) else fact for name, fact in figures.items()}
        numbers = {name: fact for name, fact in figures.items() if isinstance(fact, (int, float))}
        rows["gok_site_part"] += [(_labels(part=part, figure=name), number) for name, number in numbers.items()]
    return "".join(_family(name, found) for name, found in rows.items() if found)


def _family(name, rows):
    lines = [f"{name}{labels} {+number}" for labels, number in rows]  # +True is 1
    return "\n".join([f"# HELP {name} {MEANINGS[name]}", f"# TYPE {name} gauge", *lines, ""])


def _labels(**labels):
    """Every label is a code or a name of ours: there is nothing in it to escape."""
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels.items()) + "}"
