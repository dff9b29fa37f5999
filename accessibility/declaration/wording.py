"""The words around the declaration's data, by language. Polish is the law's own text and binding.

A language is added here only after a person has reviewed its legal text; ids and data stay as they are.
"""

from dataclasses import dataclass, field

from . import spec


@dataclass(frozen=True)
class Wording:
    """All words of the document in one language; `s` holds single sentences, `h` headings by key."""

    language: str
    h: dict
    s: dict
    status: dict
    basis: dict
    interpreter: dict
    grounds: dict
    procedure_items: tuple
    demonstration: str
    missing: str
    day: object
    translation_note: str = ""
    labels: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Basis:
    """How the declaration was prepared: a sentence, and the text of the link when a link is due."""

    sentence: str
    link: str = ""


POLISH = Wording(
    language="pl",
    h=spec.HEADING,
    s={
        **spec.SENTENCES,
        "procedure_introduction": spec.PROCEDURE_INTRODUCTION,
        "procedure_link": spec.PROCEDURE_LINK,
        "procedure_content": spec.PROCEDURE_CONTENT,
        "procedure_term": spec.PROCEDURE_TERM,
        "procedure_complaint": spec.PROCEDURE_COMPLAINT,
        "procedure_ombudsman": spec.PROCEDURE_OMBUDSMAN,
        "procedure_ombudsman_link": spec.PROCEDURE_OMBUDSMAN_LINK,
        "contact": spec.CONTACT_INTRODUCTION,
    },
    status=spec.STATUS_SENTENCES,
    basis={
        "self": Basis(spec.SENTENCES["basis_self"]),
        "audit": Basis(spec.SENTENCES["basis_audit"], spec.SENTENCES["basis_audit_link"]),
        "contractor": Basis(spec.SENTENCES["basis_contractor"], spec.SENTENCES["basis_contractor_link"]),
    },
    interpreter=spec.INTERPRETER_ONLINE,
    grounds={ground.code: (ground.provision, ground.text) for ground in spec.EXEMPTION_GROUNDS},
    procedure_items=spec.PROCEDURE_ITEMS,
    demonstration=spec.DEMONSTRATION_NOTICE,
    missing="[do uzupełnienia]",
    day=spec.worded,
    labels={
        "address": "Gdzie:",
        "what": "Co jest nie tak:",
        "effect": "Skutek:",
        "way_around": "Inny sposób dostępu:",
        "repair": "Planowana naprawa:",
        "published": "Data publikacji:",
        "provision": "Podstawa:",
        "of_act": "ustawy",
        "reason": "Powód:",
        "assessment": "Analiza nadmiernych kosztów",
        "unit": "Kontakt:",
        "email": "E-mail:",
        "telephone": "Telefon:",
        "improvements": "Rozwiązania ponad wymagania",
        "plans": "Plany usunięcia błędów",
        "postal_address": "Adres:",
        "architecture_link": "Opis dostępności architektonicznej",
        "download": "pobieranie",
        "app_declaration": "deklaracja dostępności aplikacji",
        "entrance": "Wejście:",
        "corridors": "Korytarze i schody:",
        "lifts": "Windy:",
        "adaptations": "Dostosowania:",
        "parking": "Parking:",
        "assistance_dog": "Pies asystujący:",
        "interpreter": "Tłumacz języka migowego na miejscu:",
        "more": "więcej o miejscu",
    },
)

ENGLISH_ACT = (
    "the act of 4 April 2019 on the digital accessibility of websites and mobile applications of public bodies"
)
ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

ENGLISH = Wording(
    language="en",
    translation_note=(
        "This is a translation for information. The Polish declaration is the binding one. "
        "Descriptions written by the centre are given in Polish."
    ),
    h={
        "declaration": "Declaration of accessibility",
        "state": "State of digital accessibility",
        "inaccessible": "Inaccessible content",
        "barriers": "Non-conformity with the annex",
        "exemptions": "Content not covered by the act",
        "costs": "Excessive costs",
        "preparation": "Preparation of the declaration of accessibility",
        "voluntary": "Conveniences, limitations and other information",
        "shortcuts": "Keyboard shortcuts",
        "contact": "Feedback and contact",
        "procedure": "Handling of requests and complaints about accessibility",
        "other": "Other information",
        "apps": "Mobile applications",
        "architecture": "Architectural accessibility",
        "communication": "Accessibility of communication and information",
    },
    s={
        "scope": "website",
        "pledge": "undertakes to ensure the accessibility of its",
        "pledge_law": f"in accordance with {ENGLISH_ACT}.",
        "about": "The declaration of accessibility concerns the website",
        "site_published": "Website published on:",
        "site_updated": "Last significant update:",
        "drawn_up": "Declaration drawn up on:",
        "reviewed": "Declaration last reviewed on:",
        "procedure_introduction": (
            "Anyone may report that something on the site is inaccessible and demand digital accessibility of the "
            "site or of a part of it: by e-mail, by telephone or through the"
        ),
        "procedure_link": "accessibility request form",
        "procedure_content": "A demand needs only:",
        "procedure_term": (
            "We provide access without undue delay, within 7 days of the demand at the latest. If we cannot keep "
            "this term, we give the reasons and a new date at once, at most 2 months from the demand. If access is "
            "impossible, we give the reasons and propose an alternative way."
        ),
        "procedure_complaint": (
            "If we refuse, or if you do not accept the alternative way proposed, you may complain to us in the same ways."
        ),
        "procedure_ombudsman": "After that you may also inform the Commissioner for Human Rights:",
        "procedure_ombudsman_link": "website of the Commissioner for Human Rights",
        "contact": "Report problems with the accessibility of the site to:",
    },
    status={
        spec.Status.FULL: spec.StatusSentence(
            "The website is", "fully conforming", f"with the annex to {ENGLISH_ACT}."
        ),
        spec.Status.PARTIAL: spec.StatusSentence(
            "The website is",
            "partly conforming",
            f"with the annex to {ENGLISH_ACT}, because of the non-conformities or exemptions listed below.",
        ),
        spec.Status.NONE: spec.StatusSentence(
            "The website is",
            "not conforming",
            f"with the annex to {ENGLISH_ACT}. The non-conformities or exemptions are listed below.",
        ),
    },
    basis={
        "self": Basis("The declaration was prepared from a self-assessment with the ministry's checklist."),
        "audit": Basis("The declaration was prepared from an audit by", "Report of the audit"),
        "contractor": Basis(
            "The declaration was prepared from a statement of the contractor", "Contractor's statement"
        ),
    },
    interpreter={
        "yes": "A sign-language interpreter is available online.",
        "no": "No sign-language interpreter is available online.",
    },
    grounds={
        "live": ("art. 3(2)(1)", "live media"),
        "media": ("art. 3(2)(2)", "media published before 23 September 2020"),
        "documents": (
            "art. 3(2)(3)",
            "office documents published before 23 September 2018 and not needed for current tasks",
        ),
        "maps": ("art. 3(2)(4)", "maps whose key information is also given in another way"),
        "third_party": (
            "art. 3(2)(5)",
            "content of others that the institution neither made nor financed nor acquired",
        ),
        "intranet": (
            "art. 3(2)(6)",
            "content of internal networks published before 23 September 2019 and not rebuilt since",
        ),
        "heritage": ("art. 3(2)(7)", "works of art and monuments that cannot be made fully accessible"),
        "archive": (
            "art. 3(2)(8)",
            "archived content not changed after 23 September 2019 and not needed for current tasks",
        ),
        "drawings": ("art. 3(2)(9)", "complex drawings and technical documentation in a non-text form"),
    },
    procedure_items=(
        "contact details of the person who makes the demand,",
        "the page or the part of it that is concerned,",
        "the way of contact,",
        "the preferred way of presenting the information, if alternative access is needed.",
    ),
    demonstration="A demonstration sample. It is not the declaration of any institution.",
    missing="[to be completed]",
    day=lambda day: f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}",
    labels={
        "address": "Where:",
        "what": "What is wrong:",
        "effect": "Effect:",
        "way_around": "Another way to the content:",
        "repair": "Planned repair:",
        "published": "Published on:",
        "provision": "Ground:",
        "of_act": "of the act",
        "reason": "Reason:",
        "assessment": "Assessment of excessive costs",
        "unit": "Contact:",
        "email": "E-mail:",
        "telephone": "Telephone:",
        "improvements": "Better than required",
        "plans": "Plans of repair",
        "postal_address": "Address:",
        "architecture_link": "Description of architectural accessibility",
        "download": "download",
        "app_declaration": "the application's declaration of accessibility",
        "entrance": "Entrance:",
        "corridors": "Corridors and stairs:",
        "lifts": "Lifts:",
        "adaptations": "Adaptations:",
        "parking": "Parking:",
        "assistance_dog": "Assistance dog:",
        "interpreter": "Sign-language interpreter on the spot:",
        "more": "more about the place",
    },
)

LANGUAGES = {"pl": POLISH, "en": ENGLISH}
