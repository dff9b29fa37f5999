"""The sample pictures: posters drawn by the loader, so that no photograph of anybody is needed."""

from . import stage, village, workshop

#: What is drawn, and what it looks like to somebody who cannot see it.
DRAWINGS = {
    "dzban": (
        workshop.dzban,
        "Dzban czy dwie twarze",
        "Rysunek: jasny dzban, którego brzegi są profilami dwóch osób patrzących na siebie.",
    ),
    "wycinanka": (
        workshop.wycinanka,
        "Wycinanka z kogutami",
        "Rysunek: symetryczna wycinanka, dwa koguty po obu stronach wielkiego kwiatu.",
    ),
    "olowek": (
        workshop.olowek,
        "Ołówek w kosmosie",
        "Rysunek: ołówek leci jak rakieta między gwiazdami i zostawia za sobą bazgroły.",
    ),
    "obraz": (
        workshop.obraz,
        "Obraz, który patrzy",
        "Rysunek: pięć osób stoi tyłem przed obrazem, z którego patrzy na nie wielkie oko.",
    ),
    "mysz": (
        workshop.mysz,
        "Mysz z ogonem",
        "Rysunek: mysz komputerowa z uszami i ogonem z kabla spogląda na kawałek sera, obok strzałka kursora.",
    ),
    "kino": (
        stage.kino,
        "Księżyc ze szpuli",
        "Rysunek: nocą nad domami świeci księżyc ze szpuli filmowej, a taśma płynie jak droga między dachami.",
    ),
    "kurtyna": (
        stage.kurtyna,
        "Maska za kurtyną",
        "Rysunek: między rozsuniętymi kurtynami maska, której jedna połowa się śmieje, a druga martwi.",
    ),
    "ptaki": (
        stage.ptaki,
        "Nuty na drutach",
        "Rysunek: na pięciu drutach siedzą ptaki, których ogony wyglądają jak laski nut.",
    ),
    "chor": (
        stage.chor,
        "Chór",
        "Rysunek: pięć różnych osób stoi w rzędzie i śpiewa z szeroko otwartymi ustami.",
    ),
    "taniec": (
        stage.taniec,
        "Tancerka",
        "Rysunek: tancerka z uniesionymi rękami, jej wirująca spódnica ma kształt barwnego wachlarza.",
    ),
    "swietlica": (
        village.swietlica,
        "Świetlica pod lipą",
        "Rysunek: pod drzewem z koroną w kształcie dymku rozmowy cztery osoby siedzą na ławce, obok stoi świetlica.",
    ),
    "drzwi": (
        village.drzwi,
        "Otwarte drzwi",
        "Rysunek: z otwartych drzwi pada światło, na progu siedzi czarny kot.",
    ),
    "rower": (
        village.rower,
        "Rower w kwiatach",
        "Rysunek: rower, którego koła są kwiatami, a w koszyku przy kierownicy jedzie ciasto.",
    ),
    "herbata": (
        village.herbata,
        "Opowieść z pary",
        "Rysunek: z filiżanki herbaty unosi się para w kształcie dymku, a w nim dom, góry i księżyc.",
    ),
    "kostka": (
        village.kostka,
        "Kostka o północy",
        "Rysunek: wielka kostka do gry z uśmiechem i smutną miną, obok pionki, nad nimi księżyc.",
    ),
    "perspektywa": (
        village.perspektywa,
        "Miasto do góry nogami",
        "Rysunek: miasto i jego odbicie do góry nogami; po obu stronach linii ktoś macha ręką.",
    ),
}


def draw(name, hue):
    """A drawing in the colours of one hue (degrees): a Pillow image of 1600 × 1000 pixels."""
    return DRAWINGS[name][0](hue)


#: What must stay when a picture is cropped to another shape: left, top, width and height; "" for the rest.
FOCUS = {
    "": (430, 100, 740, 800),
    "olowek": (460, 150, 740, 760),
    "mysz": (240, 160, 740, 740),
    "kino": (680, 40, 740, 860),
    "swietlica": (640, 80, 740, 860),
    "drzwi": (500, 80, 740, 860),
    "rower": (700, 120, 740, 780),
    "herbata": (500, 60, 740, 860),
    "kostka": (330, 120, 740, 800),
    "perspektywa": (450, 60, 740, 880),
}
