"""The three requests in plain words: who may make one, what it takes, and what happens next."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .models import RequestKind


@dataclass(frozen=True)
class Explanation:
    """What a visitor reads about one kind of request."""

    title: str
    choice: str
    who: str
    term: str
    next_steps: tuple
    basis: str


EXPLANATIONS = {
    RequestKind.BARRIER: Explanation(
        title=_("Report a barrier"),
        choice=_("Something in the building, in our service or on the website is in your way and you want us to know."),
        who=_("Anyone may report. You need not say who you are."),
        term=_("The act sets no term. We look into it as soon as we can."),
        next_steps=(
            _("We read the report and remove the barrier, or plan how to."),
            _("We answer only if you leave an e-mail address or a telephone number."),
        ),
        basis=_("art. 29 of the act of 19 July 2019 on ensuring accessibility to persons with special needs"),
    ),
    RequestKind.ACCESS: Explanation(
        title=_("Apply for access to a building or to communication"),
        choice=_("You cannot get in, move about, hear, understand or talk to us, and you need us to change that."),
        who=_("A person with special needs applies, or their statutory representative."),
        term=_("We provide access within 14 days."),
        next_steps=(
            _("We provide access without delay, within 14 days at the latest."),
            _(
                "If 14 days are not enough, we tell you why and give a new date, at most 2 months from your application."
            ),
            _("If access is impossible, we tell you why and offer another way to what you need."),
            _("If nothing of this happens, you may complain to the President of PFRON."),
        ),
        basis=_("art. 30–31 of the act of 19 July 2019 on ensuring accessibility to persons with special needs"),
    ),
    RequestKind.DIGITAL: Explanation(
        title=_("Demand access to this website or a part of it"),
        choice=_("You cannot read or use a page, a file, a film or a form on this website."),
        who=_("Anyone may demand it."),
        term=_("We provide access within 7 days."),
        next_steps=(
            _("We provide access without delay, within 7 days at the latest."),
            _("If 7 days are not enough, we tell you why and give a new date, at most 2 months from your demand."),
            _("If access is impossible, we tell you why and offer another way to the content."),
            _("If we refuse, or the other way does not suit you, you may complain to us, and then tell the Ombudsman."),
        ),
        basis=_("art. 18 of the act of 4 April 2019 on digital accessibility of websites and mobile applications"),
    ),
}
