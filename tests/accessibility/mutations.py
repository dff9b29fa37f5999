"""Two hundred ways to spoil a correct declaration, each with the rule that has to notice."""

import re
from itertools import pairwise

from accessibility.declaration import spec

from .samples import COMPLETE, FULL_STATUS, INACCESSIBLE, PARTIAL_STATUS, swap

PRESENT_IDS = [i.id for i in spec.IDENTIFIERS if f'id="{i.id}"' in COMPLETE]
RULE_OF_MISSING_ID = {"a11y-ocena": "R10", "a11y-aplikacje": "R2", "a11y-data-przeglad": "R2"}
HEADINGS = [h for h in spec.HEADINGS if re.search(rf"<h\d>{h.text}</h\d>", COMPLETE)]


def mutations():
    """{kind: [(name, rule, document)]}; every document differs from the correct one and from the others."""
    return {
        "id removed": [(name, missing(name), unmark(name)) for name in PRESENT_IDS],
        "id doubled": [(name, "R2" if name in spec.CONDITIONAL_IDS else "R1", doubled(name)) for name in PRESENT_IDS],
        "id renamed": [(name, missing(name), renamed(name, f"{name}x")) for name in PRESENT_IDS],
        "id in another case": [(name, missing(name), renamed(name, name.upper())) for name in PRESENT_IDS],
        "id with a space": [(name, "R4", renamed(name, f"{name} ")) for name in PRESENT_IDS],
        "element emptied": [(name, "R1", emptied(name)) for name in ("a11y-podmiot", "a11y-kontakt", "a11y-email")],
        "date broken": [case for name in spec.DATE_IDS for case in broken_dates(name)],
        "dates in disorder": disorders(),
        "heading removed": [
            (h.text, "R11", remade(h, f"<p>{h.text}</p>")) for h in HEADINGS if h.presence == spec.Presence.ALWAYS
        ],
        "heading renamed": [
            (h.text, "R11", remade(h, heading(h, f"Nasza {h.text.lower()}")))
            for h in HEADINGS
            if h.presence == spec.Presence.ALWAYS
        ],
        "heading doubled": [(h.text, "R11", remade(h, heading(h) * 2)) for h in HEADINGS[1:]],
        "heading on another level": [(h.text, "R11", remade(h, heading(h, level=h.level + 2))) for h in HEADINGS],
        "headings swapped": swapped_headings(),
        "sentence changed": sentences(),
        "status swapped": statuses(),
        "placeholder put in": placeholders(),
        "contact broken": contacts(),
        "procedure cut": procedures(),
        "description cut": descriptions(),
        "language removed": languages(),
        "address changed": addresses(),
        "list spoiled": lists(),
    }


def missing(name):
    return RULE_OF_MISSING_ID.get(name, "R1")


def unmark(name):
    return swap(f' id="{name}"', "", COMPLETE)


def doubled(name):
    return swap("<p>Lipowa</p>", f'<p>Lipowa <span id="{name}">drugi raz</span></p>', COMPLETE)


def renamed(name, other):
    return swap(f'id="{name}"', f'id="{other}"', COMPLETE)


def emptied(name):
    return re.sub(rf'(id="{name}"[^>]*>)[^<]*', r"\1", COMPLETE)


def date_of(name):
    """(whole element, machine date, words) of one date in the complete declaration."""
    match = re.search(rf'<time id="{name}" datetime="([\d-]+)">([^<]+)</time>', COMPLETE)
    return match.group(), match.group(1), match.group(2)


def broken_dates(name):
    whole, machine, words = date_of(name)
    year, month, day = machine.split("-")
    spoiled = {
        "as text": f'<span id="{name}">{words}</span>',
        "day and month swapped": whole.replace(machine, f"{year}-{int(day) + 12}-{month}"),
        "backwards": whole.replace(machine, f"{day}-{month}-{year}"),
        "no machine date": whole.replace(f' datetime="{machine}"', ""),
        "not in the calendar": whole.replace(machine, f"{year}-02-30"),
        "another year in words": whole.replace(words, words.replace(year, str(int(year) - 1))),
        "second full stop": f"{whole}.",
    }
    return [(f"{name} {kind}", "R5", swap(whole, element, COMPLETE)) for kind, element in spoiled.items()]


def redated(name, machine, words):
    whole, old_machine, old_words = date_of(name)
    return swap(whole, whole.replace(old_machine, machine).replace(old_words, words), COMPLETE)


def disorders():
    future = [
        (f"{name} in the future", "R6", redated(name, "2031-01-02", "2 stycznia 2031 r.")) for name in spec.DATE_IDS
    ]
    return [
        *future,
        ("update before publication", "R6", redated("a11y-data-aktualizacja", "2019-01-02", "2 stycznia 2019 r.")),
        ("review before drawing up", "R6", redated("a11y-data-przeglad", "2019-01-02", "2 stycznia 2019 r.")),
        ("review overdue", "R7", redated("a11y-data-przeglad", "2025-12-31", "31 grudnia 2025 r.")),
    ]


def heading(item, text="", level=0):
    return f"<h{level or item.level}>{text or item.text}</h{level or item.level}>"


def remade(item, new):
    return swap(heading(item), new, COMPLETE)


def swapped_headings():
    found = []
    for first, second in pairwise(HEADINGS[1:]):
        marked = swap(heading(first), "<!-- 1 -->", COMPLETE).replace(heading(second), heading(first))
        found.append((f"{first.text} / {second.text}", "R11", marked.replace("<!-- 1 -->", heading(second))))
    return found


def sentences():
    strong = "<strong>częściowo zgodna</strong>"
    changes = [
        (strong, "<strong>częściowo-zgodna</strong>"),
        (strong, "<strong>częściowo dostępna</strong>"),
        (strong, "<strong>zgodna częściowo</strong>"),
        ("Strona internetowa jest", "Strona jest"),
        ("Strona internetowa jest", "Witryna internetowa jest"),
        (" z powodu niezgodności lub wyłączeń wymienionych poniżej.", "."),
        (" z powodu niezgodności lub wyłączeń wymienionych poniżej.", " z powodu wyłączeń wymienionych poniżej."),
        ("z załącznikiem do ustawy z dnia\n4", "z ustawą z dnia\n4"),
        ("podmiotów publicznych z powodu", "podmiotów publicznych (Dz.U. 2019 poz. 848) z powodu"),
        ("jest <strong>częściowo", "nie jest <strong>częściowo"),
    ]
    status = PARTIAL_STATUS
    return [(new, "R8", swap(status, swap(old, new, status), COMPLETE)) for old, new in changes]


def statuses():
    nothing = FULL_STATUS.replace("w pełni zgodna", "niezgodna") + " Niezgodności lub wyłączenia wymieniono poniżej."
    return [
        ("partial to full", "R9", swap(PARTIAL_STATUS, FULL_STATUS, COMPLETE)),
        ("full to partial", "R9", swap(FULL_STATUS, PARTIAL_STATUS)),
        ("full to none", "R9", swap(FULL_STATUS, nothing)),
        ("list removed", "R9", swap(INACCESSIBLE, "", COMPLETE)),
        ("list with nothing", "R9", swap(INACCESSIBLE, "<h2>Niedostępne treści</h2><p>Brak.</p>", COMPLETE)),
    ]


def placeholders():
    left_over = [
        *(
            "[imię]",
            "[…]",
            "{{ kontakt }}",
            "{% kontakt %}",
            "RRRR-MM-DD",
            "DD-MM-RRRR",
            "Jan Kowalski",
            "Jana Kowalska",
        ),
        *("Lorem ipsum", "xxxx", "do uzupełnienia", "nazwa podmiotu", "uzupełnij dane", "TODO", "imię i nazwisko"),
    ]
    return [
        *[(text, "R17", swap(">sekretariat<", f">{text}<", COMPLETE)) for text in left_over],
        ("the ministry's building", "R17", swap("ul. Polna 1, 34-324", "ul. Królewska 27, 00-060", COMPLETE)),
    ]


def contacts():
    email, telephone = 'href="mailto:biuro@gok.lipowa.pl"', 'href="tel:+48331112233"'
    changes = [
        (email, 'href="mailto:sekretariat@gok.lipowa.pl"'),
        (email, 'href="mailto:"'),
        (email, 'href="biuro@gok.lipowa.pl"'),
        (email, 'href="/kontakt/"'),
        (email, "href"),
        (">biuro@gok.lipowa.pl<", ">biuro (małpa) gok.lipowa.pl<"),
        (telephone, 'href="tel:+48339998877"'),
        (telephone, 'href="33 111 22 33"'),
        (telephone, 'href="tel:"'),
        (telephone, ""),
        (">33 111 22 33<", ">33 111 22 34<"),
    ]
    return [(f"{old} → {new}", "R13", swap(old, new, COMPLETE)) for old, new in changes]


def procedures():
    ombudsman = '<a href="https://bip.brpo.gov.pl/">Rzecznika Praw Obywatelskich</a>'
    changes = [
        ("w ciągu 7 dni", "w ciągu 17 dni"),
        ("w ciągu 7 dni", "niezwłocznie"),
        ("2 miesięcy", "12 miesięcy"),
        ("2 miesięcy", "60 dni"),
        (ombudsman, "Rzecznika Praw Obywatelskich"),
        (ombudsman, ombudsman.replace("https://bip.brpo.gov.pl/", "https://rpo.gov.pl.example.org/")),
        (ombudsman, ombudsman.replace("https://bip.brpo.gov.pl/", "mailto:rpo.gov.pl")),
    ]
    return [(new, "R14", swap(old, new, COMPLETE)) for old, new in changes]


def descriptions():
    interpreter = "Nie ma tłumacza języka migowego online."
    return [
        ("no postal code", "R15", swap("34-324 ", "", COMPLETE)),
        ("no dog", "R15", swap(" Można wejść z psem asystującym.", "", COMPLETE)),
        ("no interpreter on the spot", "R15", swap(" Na miejscu nie ma tłumacza.", "", COMPLETE)),
        ("no interpreter", "R16", swap(interpreter, "Piszcie do nas.", COMPLETE)),
        ("not said whether online", "R16", swap(interpreter, "Mamy tłumacza języka migowego.", COMPLETE)),
        ("only a link", "R16", swap(interpreter, '<a href="/k/">Czytaj</a>', COMPLETE)),
        ("abbreviation", "R24", swap("Wejście bez stopni.", "Wejście bez stopni, przy nim PJM.", COMPLETE)),
        (
            "basis removed",
            "R25",
            swap(" na podstawie samooceny przeprowadzonej z użyciem listy kontrolnej", "", COMPLETE),
        ),
        ("audit without link", "R25", swap("samooceny", "audytu i samooceny", COMPLETE)),
        ("contractor without link", "R25", swap("samooceny", "oświadczenia wykonawcy", COMPLETE)),
    ]


def languages():
    changes = ["<html>", '<html lang="">', '<html lang="en">', '<html lang="polski">', '<html language="pl">']
    return [(new, "R20", swap('<html lang="pl">', new, COMPLETE)) for new in changes]


def addresses():
    old = 'href="https://gok.lipowa.pl/"'
    changes = ['href="/"', 'href="gok.lipowa.pl"', 'href=""', "", 'href="ftp://gok.lipowa.pl/"', 'href="https://["']
    scopes = ["stron internetowych", "strony", "strony internetowej i profilu"]
    return [
        *[(new or "nothing", "R12", swap(old, new, COMPLETE)) for new in changes],
        *[(text, "R12", swap('zakres">strony internetowej', f'zakres">{text}', COMPLETE)) for text in scopes],
    ]


def lists():
    return [
        ("vague", "R21", swap("Film z dożynek", "Niektóre filmy", COMPLETE)),
        ("no address", "R21", swap(", https://gok.lipowa.pl/dozynki/", "", COMPLETE)),
        ("exempted film too new", "R23", swap("3 maja 2019", "3 maja 2021", COMPLETE)),
        ("exempted film of the very day", "R23", swap("3 maja 2019", "23 września 2020", COMPLETE)),
        ("exemption without provision", "R23", swap("art. 3 ust. 2 pkt 2 ustawy", "wyłączenie", COMPLETE)),
        ("cost without assessment", "R10", swap('href="/analiza/"', "", COMPLETE)),
        ("apps without heading", "R2", swap("<h3>Aplikacje mobilne</h3>", "", COMPLETE)),
        ("app without links", "R2", swap('href="https://sklep.pl/spacer"', "", COMPLETE)),
        ("old id", "R3", swap("<h2>Kontakt</h2>", '<h2 id="a11y-osoba">Kontakt</h2>', COMPLETE)),
    ]
