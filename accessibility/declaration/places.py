"""Buildings that the declaration describes, without knowing the venues of rooms above.

A room above registers a function for Wagtail's hook `register_declaration_places`:

    @hooks.register("register_declaration_places")
    def venues_for_declaration(site, at):
        '''site: Wagtail Site; at: aware datetime. Returns DeclarationPlace objects.'''
"""

from dataclasses import dataclass

from wagtail import hooks

HOOK = "register_declaration_places"
FACTS = ("entrance", "corridors", "lifts", "adaptations", "parking", "assistance_dog", "interpreter")


@dataclass(frozen=True)
class DeclarationPlace:
    """One building: its postal address in one line and what a visitor needs to know; empty text = not described."""

    name: str
    address: str
    entrance: str = ""
    corridors: str = ""
    lifts: str = ""
    adaptations: str = ""
    parking: str = ""
    assistance_dog: str = ""
    interpreter: str = ""
    url: str = ""

    @property
    def facts(self):
        """What is described, as (name of the field, text) pairs in the order in which a visitor meets it."""
        return [(name, text) for name in FACTS if (text := getattr(self, name))]


def registered_places(site, at):
    """What the rooms above know of the site's buildings. `site`: Wagtail Site or None; `at`: aware datetime."""
    if site is None:
        return []
    return [place for describe in hooks.get_hooks(HOOK) for place in describe(site, at)]
