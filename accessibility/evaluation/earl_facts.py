"""What a report says of the evaluation as a whole."""

from mission.plain_text import plain_lines

TEXT_LENGTH = 4000
# Field of Evaluation: what the report calls it.
OF_EVALUATION = {"title": ("title",), "statement": ("summary", "abstract")}
ANYWHERE = {
    "scope": ("siteScope",),
    "out_of_scope": ("additionalEvalRequirement", "additionalEvaluationRequirements"),
    "support_baseline": ("accessibilitySupportBaseline",),
    "exploration": ("pageTypeVariety",),
    "commissioned_by": ("commissioner",),
}


def read_facts(graph):
    """{field of Evaluation: text} of what `graph` says; of who tested, organisations alone and no person."""
    found = {}
    for node in graph.nodes:
        is_evaluation = "Evaluation" in graph.types(node) or graph.get(node, "evaluationScope", "defineScope")
        for name, keys in (ANYWHERE | (OF_EVALUATION if is_evaluation else {})).items():
            found[name] = found.get(name) or text_of(graph, node, *keys)
        if graph.types(node) & {"Organization", "Organisation"}:
            found["organisation"] = found.get("organisation") or text_of(graph, node, "name")
    return {name: text for name, text in found.items() if text}


def text_of(graph, node, *names):
    """The first text of `node` under one of `names`, without control characters, at a length that can be kept."""
    return plain_lines(graph.text(node, *names))[:TEXT_LENGTH].strip()
