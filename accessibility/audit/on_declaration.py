"""What the last audit says about the declaration's own page: asked for by rule R19 of the validator."""

from . import rules
from .models import AuditedPage, AuditState, PageState


def declaration_axe(declaration):
    """Messages of axe's violations on the page `declaration` in its site's last finished audit, each rule once.

    None when there was no finished audit yet, or it did not see the page. Advice beyond the norm is left out.
    """
    if declaration.pk is None:
        return None
    finished = {"run__state": AuditState.FINISHED, "state": PageState.DONE}
    audited = AuditedPage.objects.filter(page=declaration.pk, **finished).order_by("-run__started_at", "-pk").first()
    if audited is None:
        return None
    violated = {seen["rule"]: seen for seen in audited.findings if "tags" in seen}  # our own checks have no tags
    told = [rules.rule(name, tags=seen["tags"], text=seen["help"]) for name, seen in violated.items()]
    return [rule.message for rule in told if rule.level]
