"""Drawings that stand where a page has no picture: flat shapes, one joke each, no two alike.

A drawing is chosen by the words of the kind and the title ("warsztaty ceramiki" is a vase of two faces),
then varied by throws of dice that depend on the title alone: the same title is drawn the same way on every
machine, for ever. Shapes carry classes instead of colours, so the centre's theme paints them
(`static/css/posters.css`): 1 ground, 2 figure, 3 line, 4 spark; `w` and `k` are the white and the
pupil of an eye; a class beginning with `s` strokes instead of filling.
"""

import hashlib
import unicodedata

WIDTH, HEIGHT = 300, 400
COLOURWAYS = 4

#: What is drawn for which words; the first row that matches wins, title before kind. Stems, without diacritics.
SUBJECTS = [
    ("vase", "cerami glin garncar"),
    ("choir", "chor spiew wokal solist"),
    ("accordion", "akordeon orkiestr kapel folklor ludow"),
    ("bicycle", "rower turyst rajd sport wyciecz"),
    ("camera", "fotogra zdjec"),
    ("pan", "kulinar kuchn smak gotow piecz"),
    ("robot", "komputer robot cyfrow program program internet gier"),
    ("book", "ksiaz liter czyta poezj biblio bajk"),
    ("cat", "dzieci dziecie rodzin ferie zabaw malus przedszkol"),
    ("tea", "senior utw herbat babc dziad gospod"),
    ("cockerel", "wies wiej solec swietlic dozyn festyn rekodz wykop"),
    ("dancer", "tanc tane balet taniec potanc"),
    ("projector", "film kino seans"),
    ("mask", "teatr spektakl kabaret"),
    ("birds", "koncert muzyc recital gitar piosen instrument rytm"),
    ("gallery", "wystaw galer wernis exhibition plasty malar rysun"),
    ("cup", "konkurs contest turniej"),
    ("sunburst", "festiwal przeglad festival"),
    ("hand", "warsztat workshop technik szyc szycie robotk"),
    ("talk", "prelekcj spotkan wyklad debat lecture jezyk konferenc dyskus"),
    ("boat", "aktualn news"),
    ("ladder", "projekt project"),
    ("house", "miejsc venue dom sala"),
]


class Dice:
    """Throws that depend on a text alone."""

    def __init__(self, text):
        self.faces = iter(hashlib.sha256(text.encode()).digest() * 4)

    def between(self, low, high):
        """A whole number, both ends included."""
        return low + next(self.faces) % (high - low + 1)


def fold(text):
    """Lower case without diacritics: "Święto" becomes "swieto"."""
    decomposed = unicodedata.normalize("NFKD", text.lower().replace("ł", "l"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def subject(title, kind=""):
    """The name of the drawing for a title and the name or code of its kind."""
    for text in (title, kind):
        words = fold(text).replace("-", " ").split()
        for name, stems in SUBJECTS:
            if any(word.startswith(tuple(stems.split())) for word in words):
                return name
    return ("totem", "birds", "gallery", "sunburst", "talk")[Dice(title).between(0, 4)] if title else "totem"


def draw(title, kind=""):
    """SVG shapes on a 300 × 400 sheet, and the number of the colourway (0–3) that they are printed in."""
    dice = Dice(title)
    colourway = dice.between(0, COLOURWAYS - 1)
    return f'<path class="f1" d="M0 0h300v400H0z"/>{DRAWINGS[subject(title, kind)](dice)}', colourway


def disc(x, y, radius, colour):
    return f'<circle class="f{colour}" cx="{x}" cy="{y}" r="{radius}"/>'


def shape(d, colour):
    return f'<path class="f{colour}" d="{d}"/>'


def stroke(d, colour, width):
    return f'<path class="s{colour}" stroke-width="{width}" d="{d}"/>'


def eye(x, y, radius, look=(0, 0)):
    return disc(x, y, radius, "w") + disc(x + look[0], y + look[1], round(radius * 0.5), "k")


def turned(shapes, angle, x=150, y=200):
    return f'<g transform="rotate({angle} {x} {y})">{shapes}</g>'


def birds(dice):
    """Notes that sit on the wires are birds."""
    sag = dice.between(-30, 50)
    wires = "".join(f"M-9 {y}Q150 {y + sag} 309 {y}" for y in range(150, 311, 40))
    flock = ""
    for number, x in enumerate((70, 155, 235)):
        y = 150 + 40 * dice.between(0, 3) + round(sag * 0.4)
        flock += (
            f'<g transform="translate({x} {y})">{stroke("M22-6V-104q8 26 34 34", "3", 9)}'
            + turned('<ellipse class="f2" rx="34" ry="25"/>', -20, 0, 0)
            + shape("M-28-2l-30-4 26 20z", "4")
            + eye(-10, -8, 9, (-2 - number, 0))
            + "</g>"
        )
    return disc(dice.between(40, 260), 70, dice.between(46, 90), "4") + stroke(wires, "3", 5) + flock


def dancer(dice):
    """A spinning top in a striped skirt."""
    stripes = shape("M150 150L70 322l38 12zM150 150l-10 190h34zM150 150l52 181 36-13z", "4")
    figure = (
        stroke("M110 320l-30 92M186 320l74 40", "3", 17)
        + stroke("M150 150C80 150 60 110 70 60M150 150c70 0 90-40 60-84", "3", 17)
        + shape("M150 130L24 290q126 96 252 0z", "2")
        + stripes
        + disc(150, 96, 34, "3")
        + disc(172, 66, 17, "4")
    )
    return turned(figure, dice.between(-22, 22), 150, 220)


def hand(dice):
    """Every finger of a busy hand is a tool; the palm keeps an eye on them."""
    heights = [dice.between(70, 110), dice.between(30, 60), dice.between(40, 80), dice.between(80, 120)]
    fingers = "".join(
        shape(f"M{x} 260V{y + 46}h38V260z", "2") for x, y in zip((78, 122, 166, 210), heights, strict=True)
    )
    one, two, three, four = heights
    tips = (
        shape(f"M78 {one + 46}l19-50 19 50z", "w")
        + shape(f"M90 {one + 14}l7-18 7 18z", "k")
        + shape(f"M122 {two + 46}q-6-40 19-66 25 26 19 66z", "4")
        + shape(f"M166 {three + 46}v-38q19-22 38 0v38z", "3")
        + shape(f"M210 {four + 46}v-60l38 24v36z", "4")
    )
    palm = shape("M78 240h170v80q0 50-40 80h-90q-40-30-40-80z", "2") + shape("M90 330L20 262q-10-34 26-30l66 50z", "2")
    return fingers + tips + palm + eye(162, 310, 34, (dice.between(-8, 8), -8))


def vase(dice):
    """Is it a vase, or two people talking?"""
    half = "M150 50H62q0 24 22 42 14 26 6 46 2 12 8 18l30 40-18 12 10 12-8 10 9 14-13 14q14 22 0 36-26 14-30 56H151V50z"
    bands = "".join(shape(f"M{84 - n * 2} {70 + n * 24}h{132 + n * 4}v9H{84 - n * 2}z", "4") for n in range(2))
    return (
        shape("M0 0h150v400H0z", "4")
        + shape(half, "2")
        + f'<g transform="matrix(-1 0 0 1 300 0)">{shape(half, "2")}</g>'
        + (bands if dice.between(0, 1) else disc(150, 86, 20, "1"))
        + stroke("M72 158q14-14 30-4M198 154q16-10 30 4", "3", 8)
    )


def gallery(dice):
    """The picture looks at the visitor."""
    lean = dice.between(-9, 9)
    frame = (
        shape("M40 44h220v210H40z", "3")
        + shape("M56 60h188v178H56z", "2")
        + shape("M66 150q84-96 168 0-84 96-168 0z", "w")
        + disc(150, 156, 44, "4")
        + disc(150, 172, 21, "k")
    )
    x = dice.between(70, 230)
    visitor = shape(f"M{x - 44} 400q8-84 44-84t44 84z", "3") + disc(x, 296, 25, "4")
    return turned(frame, lean, 150, 150) + visitor


def projector(dice):
    """An eye throws the film upon the night."""
    holes = "".join(f"M14 {y}h26v24H14zM260 {y}h26v24h-26z" for y in range(14, 400, 58))
    y = dice.between(70, 110)
    side = dice.between(90, 210)
    return (
        shape("M0 0h54v400H0zM246 0h54v400h-54z", "3")
        + shape(holes, "1")
        + shape(f"M{side} {y}L54 400h192z", "4")
        + shape(f"M{side - 92} {y}q92-92 184 0-92 92-184 0z", "w")
        + disc(side, y, 44, "2")
        + disc(side, y + 8, 22, "k")
        + shape("M120 400q0-48 30-48t30 48z", "3")
        + disc(150, 336, 20, "3")
    )


def mask(dice):
    """Half of it laughs."""
    face = (
        shape("M150 60v280C80 330 40 260 44 90q50-30 106-30z", "2")
        + shape("M150 60v280c70-10 110-80 106-250q-50-30-106-30z", "4")
        + shape("M72 150q32-40 62 0-30 16-62 0zM166 150q32 40 62 0-30-16-62 0z", "k")
        + shape("M84 230q20 16 66 12v48q-50 4-66-60zM150 256q44-2 66 28-6-70-66-66z", "k")
    )
    folds = shape("M0 0h54q6 190-40 220v180H0zM300 0h-54q-6 190 40 220v180h14z", "3")
    return folds + turned(face, dice.between(-14, 14))


def cup(dice):
    """The winner's cup is all ears."""
    y = dice.between(0, 24)
    return (
        shape("M0 340h100v-40h100v60h100v40H0z", "3")
        + f'<g transform="translate(0 {y - 30})">'
        + disc(56, 150, 52, "4")
        + disc(244, 150, 52, "4")
        + disc(62, 150, 24, "1")
        + disc(238, 150, 24, "1")
        + shape("M70 80h160q8 130-56 164v48h34v38H92v-38h34v-48Q62 210 70 80z", "2")
        + eye(120, 140, 20, (dice.between(-6, 6), 4))
        + eye(180, 140, 20, (dice.between(-6, 6), 4))
        + stroke("M116 186q34 34 68 0", "k", 10)
        + shape("M150 8l14 34 38 2-30 24 10 36-32-20-32 20 10-36-30-24 38-2z", "4")
        + "</g>"
    )


def tea(dice):
    """The sun has put its glasses on and gets up from a cup of tea."""
    rays = "".join(turned(shape("M142 20h16l-4 46h-8z", "4"), angle, 150, 190) for angle in range(-80, 81, 32))
    return (
        turned(rays, dice.between(-8, 8), 150, 190)
        + disc(150, 190, 98, "4")
        + stroke("M92 176h22M182 176h28M138 176q10-12 20 0", "k", 7)
        + "".join(f'<circle class="sk" stroke-width="7" cx="{x}" cy="180" r="26"/>' for x in (114, 184))
        + disc(114 + dice.between(-6, 6), 184, 8, "k")
        + disc(184 + dice.between(-6, 6), 184, 8, "k")
        + stroke("M236 262q60-6 44 46t-64 24", "2", 20)
        + shape("M44 236h212q0 130-106 134Q44 366 44 236z", "2")
        + shape("M20 376h260v24H20z", "3")
        + shape("M66 262h40q-6 50 24 84-60-16-64-84z", "3")
    )


def cockerel(dice):
    """He crows from the roof of the village clubroom."""
    tail = (
        stroke("M170 220C250 230 290 190 286 120", "3", 26)
        + stroke("M170 200C236 196 264 150 256 76", "4", 26)
        + stroke("M170 180C206 170 232 130 222 66", "2", 26)
    )
    bird = (
        tail
        + disc(92, 84, 13, "4")
        + disc(112, 74, 15, "4")
        + disc(132, 84, 13, "4")
        + shape("M74 118h130q0 130-72 130Q74 250 74 190z", "2")
        + disc(112, 124, 38, "2")
        + shape("M78 112l-46 14 44 16z", "4")
        + eye(108, 118, 12, (-3, 0))
        + stroke("M120 244v40M150 240v44", "3", 8)
        + stroke("M128 186q26 24 52 0M136 208q18 14 36 0", "3", 8)
    )
    flip = ' transform="matrix(-1 0 0 1 300 0)"' if dice.between(0, 1) else ""
    window = shape("M126 342h22v22h-22zM152 342h22v22h-22zM126 368h22v22h-22zM152 368h22v22h-22z", "4")
    return f"<g{flip}>{bird}</g>" + shape("M-20 400L150 274l170 126z", "3") + window


def talk(dice):
    """Two opinions look each other in the eye."""
    x = dice.between(-12, 12)
    return (
        f'<g transform="translate({x})">'
        + shape("M20 60q0-30 30-30h150q30 0 30 30v90q0 30-30 30h-90l-50 50v-50H50q-30 0-30-30z", "2")
        + shape("M70 226q0-30 30-30h150q30 0 30 30v76q0 30-30 30h-10v52l-56-52h-84q-30 0-30-30z", "4")
        + eye(150, 104, 26, (6, 9))
        + eye(82, 104, 26, (6, 9))
        + eye(134, 252, 22, (-6, -8))
        + eye(198, 252, 22, (-6, -8))
        + stroke("M100 150h40", "k", 9)
        + "</g>"
    )


def sunburst(dice):
    """Everyone sings."""
    turn = dice.between(0, 14)
    rays = "".join(
        turned(shape("M150 400l-26-460h52z", ("2", "3")[n % 2]), -75 + turn + n * 22, 150, 400) for n in range(7)
    )
    flags = "".join(
        shape(f"M{x} {24 + abs(3 - n) * -5}h34l-17 40z", ("4", "w")[n % 2]) for n, x in enumerate(range(2, 290, 44))
    )
    return (
        rays
        + flags
        + disc(150, 400, 150, "4")
        + eye(100, 330, 24, (6, -6))
        + eye(200, 330, 24, (-6, -6))
        + shape("M112 372q38 30 76 0v40h-76z", "k")
    )


def choir(dice):
    """Four voices, some higher than others."""
    heads = ""
    for n, (x, colour) in enumerate(((48, "2"), (118, "4"), (186, "2"), (252, "4"))):
        y = 110 + dice.between(0, 90)
        heads += (
            shape(f"M{x - 44} 420v-{350 - y}q44-60 88 0v{350 - y}z", ("3", "4")[n % 2])
            + disc(x, y, 42, colour)
            + f'<ellipse class="fk" cx="{x}" cy="{y + 16}" rx="11" ry="{dice.between(10, 20)}"/>'
            + stroke(f"M{x - 24} {y - 10}q8-10 16 0M{x + 8} {y - 10}q8-10 16 0", "k", 6)
        )
    return heads


def accordion(dice):
    """It breathes in before the polka."""
    squeeze = dice.between(-10, 10)
    pleats = "".join(shape(f"M{96 + n * 18} 96l9 24v160l-9 24-9-24V120z", ("2", "w")[n % 2]) for n in range(7))
    body = (
        pleats
        + shape("M20 84h68v232H20z", "3")
        + shape("M212 84h68v232h-68z", "4")
        + "".join(disc(x, y, 7, "4") for y in range(118, 300, 36) for x in (42, 66))
        + eye(246, 150, 22, (-6, 4))
        + stroke("M228 226q18 26 38 0", "k", 9)
    )
    return turned(body, dice.between(-16, 16) + squeeze // 4)


def bicycle(dice):
    """Its wheels are the sun and the moon."""
    rays = "".join(turned(shape("M78 176h12v28H78z", "4"), angle, 84, 282) for angle in range(0, 360, 36))
    return (
        shape("M0 170q70-90 150-20t150-30v280H0z", "2")
        + turned(rays, dice.between(0, 30), 84, 282)
        + disc(84, 282, 66, "4")
        + disc(216, 282, 70, "3")
        + disc(240, 266, 58, "2")
        + stroke("M84 282l34-76h70l28 76M84 282h58l46-76-14-44h34M118 206l-12-28h-22 42", "k", 9)
        + disc(84, 282, 10, "k")
        + eye(142, 282, 15, (3, 0))
    )


def camera(dice):
    """Between the blades somebody is looking back."""
    blades = "".join(
        turned(shape("M150 60a140 140 0 0 1 121 70L190 200z", ("2", "4")[n % 2]), n * 60) for n in range(6)
    )
    return (
        disc(150, 200, 146, "3") + turned(blades, dice.between(0, 59)) + eye(150, 200, 56, (dice.between(-14, 14), 8))
    )


def pan(dice):
    """Breakfast smiles."""
    return (
        turned(shape("M136 250h28v200h-28z", "3"), dice.between(-35, 35), 150, 180)
        + disc(150, 180, 136, "3")
        + disc(150, 180, 116, "2")
        + shape("M150 84c60-20 80 30 84 70s-4 60-30 80-60 40-94 24-50-40-46-80 34-76 86-94z", "w")
        + disc(146, 178, 54, "4")
        + disc(128, 168, 7, "k")
        + disc(164, 168, 7, "k")
        + stroke("M122 190q24 26 48 0", "k", 7)
    )


def robot(dice):
    """It has learnt to whistle."""
    return (
        stroke("M150 110V56M70 400v-90M230 400v-90", "3", 14)
        + disc(150, 46, 22, "4")
        + shape("M50 110h200v190H50z", "2")
        + shape("M80 300h140v100H80z", "3")
        + shape("M76 146h56v56H76zM168 146h56v56h-56z", "w")
        + shape(f"M{88 + dice.between(0, 14)} 164h26v26h-26zM{180 + dice.between(0, 14)} 164h26v26h-26z", "k")
        + disc(150, 254, 20, "k")
        + shape("M26 170h24v60H26zM250 170h24v60h-24z", "4")
    )


def book(dice):
    """Books fly off in the evening."""
    pages = shape("M0 0q-60-46-120-6l-10 84q70-30 130 8z", "2") + shape("M0 0q60-46 120-6l10 84q-70-30-130 8z", "w")
    lines = stroke("M22 12q40-22 78-6M22 34q42-20 82-6", "3", 6) + shape("M-6-4h12v94H-6z", "4")
    flock = ((150, 230, 1), (90 + dice.between(0, 30), 96, 0.5), (220, 130 + dice.between(-40, 10), 0.36))
    return disc(dice.between(90, 210), 210, 130, "4") + "".join(
        f'<g transform="translate({x} {y}) rotate({dice.between(-18, 18)}) scale({size})">{pages}{lines}</g>'
        for x, y, size in flock
    )


def cat(dice):
    """The cat has dressed up."""
    look = dice.between(-9, 9)
    return (
        shape("M40 400q0-120 110-120t110 120z", "3")
        + shape("M52 60l70 50h56l70-50v120q0 100-98 104-98-4-98-104z", "2")
        + shape("M66 86l34 26-34 24zM234 86l-34 26 34 24z", "4")
        + eye(108, 170, 26, (look, 3))
        + eye(192, 170, 26, (look, 3))
        + shape("M136 208h28l-14 16z", "4")
        + stroke("M150 222q-18 24-34 8M150 222q18 24 34 8", "k", 6)
        + stroke("M20 196l60 12M16 236l64-6M280 196l-60 12M284 236l-64-6", "3", 5)
        + shape("M150 306l-56-26v56zM150 306l56-26v56z", "4")
        + disc(150, 307, 13, "2")
    )


def boat(dice):
    """Yesterday's paper puts out to sea with the news."""
    boat = shape("M20 250h260l-56 80H76z", "2") + shape("M150 96l84 154H66z", "w")
    lines = stroke("M130 166h40M116 192h68M104 218h92", "k", 8)
    waves = "".join(f"M-20 {y}q40-34 80 0t80 0 80 0 80 0v120H-20z" for y in (340,))
    return (
        disc(dice.between(50, 250), 84, 46, "4")
        + turned(boat + lines, dice.between(-9, 9), 150, 300)
        + shape(waves, "3")
    )


def ladder(dice):
    """Somebody has nearly reached it."""
    x = dice.between(120, 180)
    rungs = "".join(f"M{x - 74 + n * 9} {380 - n * 42}h64" for n in range(7))
    rails = f"M{x - 94} 420L{x - 18} 66M{x - 30} 420L{x + 46} 66"
    return (
        disc(190, 96, 84, "4")
        + stroke(rails, "3", 12)
        + stroke(rungs, "3", 10)
        + shape(f"M{x - 40} 250q-4-70 34-74 38 4 34 74z", "2")
        + stroke(f"M{x - 14} 196L{x + 44} 150M{x - 26} 246l-10 50M{x + 10} 246l6 36", "2", 16)
        + disc(x - 2, 152, 25, "2")
        + eye(160, 88, 13, (-3, 5))
        + eye(216, 88, 13, (-3, 5))
        + stroke("M164 124q24 22 48 0", "k", 7)
    )


def house(dice):
    """The house is glad that you came."""
    return (
        disc(dice.between(40, 260), 70, 48, "4")
        + shape("M40 190h220v210H40z", "2")
        + shape("M14 200L150 70l136 130z", "3")
        + shape("M196 80h32v70h-32z", "3")
        + shape("M74 216h56v56H74zM170 216h56v56h-56z", "w")
        + shape(f"M{90 + dice.between(-10, 12)} 232h24v24h-24zM{186 + dice.between(-10, 12)} 232h24v24h-24z", "k")
        + shape("M112 400v-62q38-36 76 0v62z", "4")
        + disc(174, 368, 6, "k")
    )


def totem(dice):
    """Circle, square and triangle have made a person."""
    hats = ("M90 110l60-90 60 90z", "M90 110V50h120v60z", "M90 110a60 60 0 0 1 120 0z")
    bodies = ("M60 400V250h180v150z", "M150 230l110 170H40z", "M40 400a110 150 0 0 1 220 0z")
    return (
        shape(bodies[dice.between(0, 2)], "4")
        + disc(150, 188, 82, "2")
        + shape(hats[dice.between(0, 2)], "3")
        + eye(118, 172, 20, (dice.between(-7, 7), 3))
        + eye(182, 172, 20, (dice.between(-7, 7), 3))
        + stroke(("M112 220q38 36 76 0", "M116 226h68", "M150 192l-16 30h26")[dice.between(0, 2)], "k", 9)
    )


DRAWINGS = {
    drawing.__name__: drawing
    for drawing in (
        accordion, bicycle, birds, boat, book, camera, cat, choir, cockerel, cup, dancer, gallery, hand,
        house, ladder, mask, pan, projector, robot, sunburst, talk, tea, totem, vase,
    )
}  # fmt: skip
