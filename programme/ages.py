"""Ages as numbers, said in words."""

from django.db.models import Q
from django.utils.translation import ngettext


def ages_in_words(age_from, age_to):
    """Whole years, either may be None: "7–15 years", "from 7 years", "up to 15 years", or nothing for everyone."""
    if age_from is not None and age_to is not None:
        if age_from == age_to:
            return ngettext("%(age)d year", "%(age)d years", age_to) % {"age": age_to}
        years = ngettext("%(first)d–%(last)d year", "%(first)d–%(last)d years", age_to)
        return years % {"first": age_from, "last": age_to}
    if age_from is not None:
        return ngettext("from %(age)d year", "from %(age)d years", age_from) % {"age": age_from}
    if age_to is not None:
        return ngettext("up to %(age)d year", "up to %(age)d years", age_to) % {"age": age_to}
    return ""


def admits(age, prefix=""):
    """The condition that somebody `age` years old may come; `prefix`: the way to the fields, such as "event__"."""
    low, high = f"{prefix}age_from", f"{prefix}age_to"
    return (Q(**{f"{low}__isnull": True}) | Q(**{f"{low}__lte": age})) & (
        Q(**{f"{high}__isnull": True}) | Q(**{f"{high}__gte": age})
    )
