"""JSON as this room hands it out: the same bytes for the same facts, Polish letters readable."""

import json


def json_text(facts):
    """`facts` as indented JSON with a line break at its end."""
    return json.dumps(facts, ensure_ascii=False, indent=1, default=str) + "\n"
