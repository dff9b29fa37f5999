"""What stands on the pages of a centre that has just been made: Polish wording, no sample content.

Drafts say in so many words what is missing; nothing of it can be taken for the centre's own text.
"""

MISSING = "Do uzupełnienia:"

MISSION = f"{MISSING} misja ośrodka w jednym lub dwóch zdaniach, najlepiej słowami ze statutu."

PLAIN_TEXT = f"""
<p><b>{MISSING} kilka prostych zdań o ośrodku</b>: co tu można robić, gdzie jesteśmy, jak wejść, kogo zapytać.
Jedna myśl w jednym zdaniu. Potem poproś osoby z niepełnosprawnością intelektualną, żeby ten tekst sprawdziły.</p>
"""

SCOPE_OF_ACTIVITY = f"""
<p><b>{MISSING} pełna informacja o zakresie działalności</b>, zwykłym tekstem: zadania ze statutu, oferta, sposób
kontaktu. Brakuje także nagrania w polskim języku migowym i danych koordynatora dostępności.</p>
"""

MINORS_SHORT = f"""
<p><b>{MISSING} wersja skrócona, napisana tak, żeby zrozumiało ją dziecko.</b> Powinna mówić:</p>
<ul>
<li>czego dorosłym w ośrodku nie wolno,</li>
<li>komu dziecko może powiedzieć, że coś je niepokoi (imię, pokój, telefon),</li>
<li>że może też zadzwonić pod bezpłatny numer 116 111.</li>
</ul>
"""

MINORS = f"""
<p><b>{MISSING} pełny tekst standardów ochrony małoletnich przyjętych przez dyrekcję.</b> Brakuje:</p>
<ul>
<li>zasad bezpiecznych relacji między personelem a dziećmi,</li>
<li>procedury na wypadek podejrzenia krzywdzenia i osoby, która przyjmuje zgłoszenia,</li>
<li>zasad korzystania z internetu i ochrony wizerunku dzieci,</li>
<li>sposobu przygotowania personelu do stosowania standardów,</li>
<li>daty przyjęcia i daty ostatniej oceny (co najmniej raz na dwa lata, na piśmie).</li>
</ul>
"""

DATA_PROTECTION = f"""
<p><b>{MISSING} informacja o danych osobowych, osobno dla każdego celu</b>: zapisy na zajęcia, konkursy,
zdjęcia z wydarzeń, korespondencja, wnioski o dostępność. Dla każdego celu podaj:</p>
<ul>
<li>kto jest administratorem danych i jak się z nim skontaktować,</li>
<li>kto jest inspektorem ochrony danych,</li>
<li>po co i na jakiej podstawie prawnej dane są zbierane,</li>
<li>jak długo są przechowywane i komu mogą zostać przekazane,</li>
<li>jakie prawa ma osoba, której dane dotyczą, i gdzie może złożyć skargę.</li>
</ul>
"""
