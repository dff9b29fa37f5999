"""R12 and R13: what the declaration is about, and how to reach the people behind it."""

import re
from urllib.parse import unquote, urlsplit

from ..words import squeeze
from .registry import error, rule, shortened

SCOPES = ("strony internetowej", "aplikacji mobilnej")
OTHER_SERVICES = re.compile(r"facebook|youtube|instagram|tiktok|linkedin|twitter", re.IGNORECASE)


@rule(12, "zakres i adres strony", needs="adres strony, której deklaracja ma dotyczyć")
def address_is_the_sites(reading, at, context):
    found = _scope(reading)
    tag = reading.first("a11y-url")
    if tag is None:
        return found
    address = squeeze(tag.get("href", ""))
    parts = split(address)
    if tag.name != "a" or parts is None or parts.scheme not in ("http", "https") or not parts.netloc:
        message = "Adres strony nie jest pełnym odnośnikiem."
        return [*found, error(12, message, reading.place_of(tag), "Wpisz odnośnik z https:// na początku.")]
    if context.url and _site(address) != _site(context.url):
        message = f"Deklaracja dotyczy adresu {shortened(address)}, a strona ma adres {context.url}."
        return [*found, error(12, message, reading.place_of(tag), f"Wpisz {context.url}.")]
    if not context.url and context.read_at and not _lies_under(context.read_at, address):
        message = f"Deklaracja leży pod adresem {shortened(context.read_at)}, a dotyczy adresu {shortened(address)}."
        return [*found, error(12, message, reading.place_of(tag), "Wpisz adres strony, na której leży deklaracja.")]
    return found if found or context.url or context.read_at else None


def _scope(reading):
    """A declaration is about one site or one application."""
    found = []
    tag = reading.first("a11y-zakres")
    if tag is not None and (text := squeeze(tag.text)) and text.casefold() not in SCOPES:
        message = f"Zakres deklaracji to „{shortened(text)}”, a może być „{SCOPES[0]}” albo „{SCOPES[1]}”."
        found.append(error(12, message, reading.place_of(tag), "Każda strona i aplikacja ma własną deklarację."))
    tag = reading.first("a11y-wstep")
    if tag is not None and (others := OTHER_SERVICES.findall(tag.text + " ".join(tag.links))):
        names = ", ".join(sorted({name.capitalize() for name in others}))
        message = f"Wstęp obejmuje deklaracją także: {names}."
        mend = "Zostaw we wstępie jedną stronę. Profile w innych serwisach nie należą do niej."
        found.append(error(12, message, reading.place_of(tag), mend))
    return found


def _site(address):
    """(host with port, path) of an address as they are compared: names of hosts in one alphabet, no last slash."""
    parts = split(address)
    if parts is None:
        return None
    return host_of(address), parts.path.rstrip("/")


def _lies_under(address, site):
    host, path = _site(address) or ("", "")
    site_host, site_path = _site(site)
    return host == site_host and f"{path}/".startswith(f"{site_path}/")


def host_of(address):
    """The host with its port, in small letters and, for names with Polish letters, as the network writes them."""
    netloc = (split(address) or split("")).netloc.rpartition("@")[2].lower()
    try:
        return netloc.encode("idna").decode()
    except UnicodeError:
        return netloc


def split(address):
    """The parts of an address, or None when it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


@rule(13, "kontakt")
def contact_links_equal_their_text(reading, at, context):
    found = []
    email = reading.first("a11y-email")
    if email is not None and (shown := squeeze(email.text)):
        linked = _target(email, "mailto:").partition("?")[0]
        if linked.casefold() != shown.casefold():
            message = f"Widoczny adres „{shortened(shown)}” różni się od odnośnika „{shortened(linked)}”."
            mend = f'Wpisz <a id="a11y-email" href="mailto:{shortened(shown)}">.'
            found.append(error(13, message, reading.place_of(email), mend))
    telephone = reading.first("a11y-telefon")
    if telephone is not None and (shown := squeeze(telephone.text)):
        linked = _number(_target(telephone, "tel:"))
        if not linked or linked != _number(shown):
            message = f"Widoczny numer „{shortened(shown)}” różni się od odnośnika tel:."
            mend = 'Wpisz <a id="a11y-telefon" href="tel:…"> z tym samym numerem.'
            found.append(error(13, message, reading.place_of(telephone), mend))
    return found


def _target(tag, scheme):
    address = squeeze(next(iter(tag.links), ""))
    return unquote(address[len(scheme) :]).strip() if address.lower().startswith(scheme) else ""


def _number(text):
    """The digits of a Polish number without the ways of dialling it: +48, 0048, 0 and an extension."""
    digits = re.sub(r"\D", "", re.split(r"wew|;|,", text, maxsplit=1, flags=re.IGNORECASE)[0]).lstrip("0")
    return digits[2:] if len(digits) == 11 and digits.startswith("48") else digits
