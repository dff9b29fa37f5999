"""Declarations of accessibility written by hand: a correct one, and a correct one with inaccessible content."""

from datetime import date

from accessibility.declaration.validator import SiteContext

AT = date(2026, 11, 20)

CORRECT = """<!doctype html>
<html lang="pl">
<head><title>Deklaracja dostępności</title></head>
<body>
<nav><h2>Menu</h2><a href="/deklaracja-dostepnosci/">Deklaracja dostępności</a></nav>
<main>
<h1>Deklaracja dostępności</h1>
<section id="a11y-wstep">
<p><span id="a11y-podmiot">Gminny Ośrodek Kultury w Lipowej</span> zobowiązuje się zapewnić dostępność swojej
<span id="a11y-zakres">strony internetowej</span> zgodnie z przepisami ustawy z dnia 4 kwietnia 2019 r. o dostępności
cyfrowej stron internetowych i aplikacji mobilnych podmiotów publicznych. Deklaracja dostępności dotyczy strony
internetowej <a id="a11y-url" href="https://gok.lipowa.pl/">Ośrodek Kultury w Lipowej</a>.</p>
<p>Data publikacji strony internetowej: <time id="a11y-data-publikacja" datetime="2020-02-05">5 lutego 2020 r.</time></p>
<p>Data ostatniej istotnej aktualizacji: <time id="a11y-data-aktualizacja" datetime="2025-09-01">1 września 2025 r.</time></p>
</section>
<h2>Stan dostępności cyfrowej</h2>
<p id="a11y-status">Strona internetowa jest <strong>w pełni zgodna</strong> z załącznikiem do ustawy z dnia
4 kwietnia 2019 r. o dostępności cyfrowej stron internetowych i aplikacji mobilnych podmiotów publicznych.</p>
<!-- niedostępne -->
<h2>Przygotowanie deklaracji dostępności</h2>
<p>Data sporządzenia deklaracji: <time id="a11y-data-sporzadzenie" datetime="2020-09-20">20 września 2020 r.</time></p>
<p>Data ostatniego przeglądu deklaracji: <time id="a11y-data-przeglad" datetime="2026-03-12">12 marca 2026 r.</time></p>
<p>Deklarację sporządzono na podstawie samooceny przeprowadzonej z użyciem listy kontrolnej.</p>
<h2>Informacje zwrotne i dane kontaktowe</h2>
<p>Problemy zgłaszaj do: <span id="a11y-kontakt">sekretariat</span>,
<a id="a11y-email" href="mailto:biuro@gok.lipowa.pl">biuro@gok.lipowa.pl</a>,
<a id="a11y-telefon" href="tel:+48331112233">33 111 22 33</a>.</p>
<h2>Obsługa wniosków i skarg związanych z dostępnością</h2>
<section id="a11y-procedura">
<p>Każdy może zażądać dostępności. W żądaniu podaj na przykład imię i nazwisko, stronę i sposób kontaktu.</p>
<p>Dostępność zapewniamy w ciągu 7 dni, najpóźniej w ciągu 2 miesięcy od zgłoszenia. Można złożyć skargę,
a potem powiadomić <a href="https://bip.brpo.gov.pl/">Rzecznika Praw Obywatelskich</a>.</p>
</section>
<h2>Pozostałe informacje</h2>
<!-- aplikacje -->
<h3>Dostępność architektoniczna</h3>
<section id="a11y-architektura">
<h4>Siedziba</h4>
<p>ul. Polna 1, 34-324 Lipowa. Wejście bez stopni. Można wejść z psem asystującym. Na miejscu nie ma tłumacza.</p>
</section>
<h3>Dostępność komunikacyjno-informacyjna</h3>
<section id="a11y-komunikacja"><p>Nie ma tłumacza języka migowego online.</p></section>
</main>
<footer><h2>Kontakt</h2><p>Lipowa</p></footer>
</body>
</html>
"""

FULL_STATUS = """Strona internetowa jest <strong>w pełni zgodna</strong> z załącznikiem do ustawy z dnia
4 kwietnia 2019 r. o dostępności cyfrowej stron internetowych i aplikacji mobilnych podmiotów publicznych."""
PARTIAL_STATUS = FULL_STATUS.replace("w pełni zgodna", "częściowo zgodna").replace(
    "publicznych.", "publicznych z powodu niezgodności lub wyłączeń wymienionych poniżej."
)
INACCESSIBLE = """<h2>Niedostępne treści</h2>
<h3>Niezgodność z załącznikiem</h3>
<ul><li>Film z dożynek, https://gok.lipowa.pl/dozynki/: nie ma napisów, osoba głucha nie pozna słów. Tekst wyślemy.</li></ul>
<h3>Treści nieobjęte przepisami</h3>
<ul><li>Nagranie jubileuszu z 3 maja 2019 r., /jubileusz/: art. 3 ust. 2 pkt 2 ustawy (multimedia opublikowane przed
23 września 2020 r.).</li></ul>
<h3>Nadmierne koszty</h3>
<ul><li>Kronika z lat 60., /kronika/: przepisanie pisma jest zbyt drogie, czytamy ją na życzenie przez telefon.
<a id="a11y-ocena" href="/analiza/">Analiza nadmiernych kosztów</a></li></ul>"""
PARTIAL = CORRECT.replace(FULL_STATUS, PARTIAL_STATUS).replace("<!-- niedostępne -->", INACCESSIBLE)
APPS = """<h3>Aplikacje mobilne</h3>
<section id="a11y-aplikacje"><p>Spacer po Lipowej: <a href="https://sklep.pl/spacer">pobieranie</a>,
<a href="https://gok.lipowa.pl/spacer/">deklaracja dostępności aplikacji Spacer</a></p></section>"""
COMPLETE = PARTIAL.replace("<!-- aplikacje -->", APPS)

# All that can be known of the site whose declarations these are.
KNOWN = SiteContext(
    url="https://gok.lipowa.pl",
    subject="Gminny Ośrodek Kultury w Lipowej",
    is_demonstration=False,
    pages={"/": '<a href="/deklaracja-dostepnosci/">Deklaracja dostępności</a>'},
    forbidding=[],
    unlisted=[],
    axe=[],
    exemption_dates={"Nagranie jubileuszu": date(2019, 5, 3)},
)


def swap(old, new, document=CORRECT):
    """The document with one passage replaced; the passage must be there."""
    assert old in document, old
    return document.replace(old, new)
