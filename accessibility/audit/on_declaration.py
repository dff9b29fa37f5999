"""What the last audit says about the declaration's own page: asked for by rule R19 of the validator."""

from ..declaration.models import DeclarationPage
from . import rules
from .models import AuditedPage, AuditState, PageState


def declaration_axe(site):
    """Messages of axe's violations on the declaration of `site` in the last finished audit, each rule once.

    None when there was no finished audit yet, or it did not see the page. Advice beyond the norm is left out.
    """
    declarations = DeclarationPage.objects.in_site(site).values("pk")
    finished = {"run__site": site, "run__state": AuditState.FINISHED, "state": PageState.DONE}
    audited = AuditedPage.objects.filter(page__in=declarations, **finished).order_by("-run__started_at", "-pk").first()
    if audited is None:
        return None
    violated = {seen["rule"]: seen for seen in audited.findings if "tags" in seen}  # our own checks have no tags
    told = [rules.rule(name, tags=seen["tags"], text=seen["help"]) for name, seen in violated.items()]
    return [rule.message for rule in told if rule.level]
