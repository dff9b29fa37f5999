"""Posters of the stage: film, theatre, music, song and dance."""

from .canvas import Canvas, around, bezier, oval, smooth


def kino(hue):
    """The moon is a reel, and its film is the road through the village."""
    sheet = Canvas(hue, "deep")
    for x, y, r in [(170, 150, 7), (420, 300, 5), (300, 90, 4), (640, 120, 6), (1490, 140, 6), (90, 420, 5)]:
        sheet.disc(x, y, r, "accent")
    strip = bezier((1010, 560), (600, 560), (1150, 800), (520, 1060), 80)
    sheet.stroke(strip, 120, "brand", 260)
    for i in range(3, len(strip) - 1, 4):
        (x, y), (nx, ny) = strip[i], strip[i + 1]
        wide = (120 + 140 * i / 80) / 2
        long = ((nx - x) ** 2 + (ny - y) ** 2) ** 0.5 or 1
        ax, ay = (y - ny) / long, (nx - x) / long
        for side in (-0.78, 0.78):
            sheet.disc(x + ax * wide * side, y + ay * wide * side, 5 + i * 0.11, "deep")
    sheet.disc(1050, 330, 290, "accent")
    for k in range(5):
        sheet.disc(*around(1050, 330, 165, k * 72 - 90), 76, "deep")
    sheet.disc(1050, 330, 38, "deep")
    houses = [(40, 700, 210, 1), (300, 760, 150, 0), (1000, 800, 190, 1), (1210, 720, 240, 0), (1440, 790, 180, 1)]
    for x, y, wide, lit in houses:
        sheet.shape([(x - 20, y), (x + wide / 2, y - 130), (x + wide + 20, y)], "brand")
        sheet.box(x, y, wide, 400, "soot")
        for row in (0, 1):
            colour = "accent" if (lit + row) % 2 else "brand"
            sheet.box(x + wide * 0.2, y + 40 + row * 100, wide * 0.22, 55, colour)
            sheet.box(x + wide * 0.58, y + 40 + row * 100, wide * 0.22, 55, "accent")
    return sheet.finished()


def kurtyna(hue):
    """A mask that laughs with one half and worries with the other."""
    sheet = Canvas(hue, "deep")
    sheet.slice(800, 1320, 900, 200, 340, "soot")
    sheet.box(0, 900, 1600, 100, "wash")
    sheet.slice(800, 500, 330, 90, 270, "accent")
    sheet.slice(800, 500, 330, -90, 90, "sheet")
    for x, look in ((670, 1), (930, -1)):
        sheet.shape(oval(x, 420, 66, 46), "soot")
        sheet.disc(x + look * 16, 420, 24, "brand")
    sheet.stroke(bezier((580, 330), (630, 280), (700, 280), (745, 330)), 26, "soot")
    sheet.stroke(bezier((860, 350), (910, 320), (970, 280), (1020, 280)), 26, "soot")
    sheet.shape([(800, 430), (800, 590), (735, 590)], "brand")
    sheet.shape([(800, 430), (800, 590), (865, 590)], "deep")
    sheet.stroke(bezier((610, 620), (650, 730), (740, 760), (800, 760)), 34, "soot")
    sheet.stroke(bezier((800, 760), (800, 660), (940, 650), (985, 750)), 34, "soot")
    for side in (0, 1):
        for fold in range(6):
            left = [
                (fold * 92 - 10, -10),
                (fold * 92 + 96, -10),
                *bezier((fold * 92 + 96, 0), (fold * 92 + 96, 420), (fold * 52 + 70, 560), (fold * 44 + 50, 1010)),
                *bezier((fold * 44 - 5, 1010), (fold * 52 + 15, 560), (fold * 92 + 4, 420), (fold * 92 - 10, 0)),
            ]
            points = [(1600 - x, y) for x, y in left] if side else left
            sheet.shape(points, "brand" if fold % 2 == 0 else "soot")
    for k in range(9):
        sheet.slice(k * 200, -20, 112, 0, 180, "brand")
        sheet.slice(k * 200, -20, 60, 0, 180, "accent")
    return sheet.finished()


def ptaki(hue):
    """Birds on the wires are notes, and somebody could play them."""
    sheet = Canvas(hue, "wash")
    sheet.disc(1260, 300, 240, "sheet")

    def wire(n, x):
        return 330 + n * 105 + 60 * (1 - ((x - 800) / 900) ** 2)

    for n in range(5):
        sheet.stroke([(x, wire(n, x)) for x in range(-20, 1640, 40)], 9, "deep")
    for x in (90, 1510):
        sheet.box(x - 22, 190, 44, 830, "deep")
        sheet.box(x - 90, 250, 180, 30, "deep", 15)
    notes = [
        (300, 3, 1, 0),
        (490, 1, 0, 1),
        (680, 2, 1, 0),
        (870, 0, 0, 1),
        (1060, 2, 1, 0),
        (1240, 4, 0, 0),
        (1390, 1, 1, 1),
    ]
    for x, n, brand, flag in notes:
        y = wire(n, x) - 46
        colour = "brand" if brand else "soot"
        sheet.stroke([(x + 62, y - 10), (x + 74, y - 250)], 24, colour)
        if flag:
            sheet.shape(
                bezier((x + 66, y - 258), (x + 100, y - 190), (x + 180, y - 190), (x + 160, y - 90))
                + bezier((x + 160, y - 90), (x + 150, y - 150), (x + 90, y - 150), (x + 68, y - 180)),
                colour,
            )
        sheet.shape(oval(x, y, 84, 58, -18), colour)
        sheet.shape([(x - 72, y - 8), (x - 132, y + 24), (x - 66, y + 36)], "accent")
        sheet.eye(x - 44, y - 10, 17, (-0.6, 0))
        for leg in (-8, 18):
            sheet.stroke([(x + leg, y + 48), (x + leg, y + 66)], 8, "deep")
    return sheet.finished()


def chor(hue):
    """Five singers, five shapes, one song: nobody stands higher because of rank."""
    sheet = Canvas(hue, "brand")
    sheet.disc(800, 520, 470, "accent")
    singers = [
        (200, "deep", "wash", 38, _bun),
        (500, "sheet", "deep", 58, _curls),
        (800, "soot", "sheet", 74, _moustache),
        (1100, "wash", "sheet", 52, _cap),
        (1400, "deep", "wash", 42, _braids),
    ]
    for x, coat, face, mouth, hair in singers:
        sheet.shape(smooth([(x - 190, 1050), (x - 150, 760), (x, 690), (x + 150, 760), (x + 190, 1050)]), coat)
        if hair is _curls:
            hair(sheet, x)
        sheet.shape(oval(x, 510, 138, 178), face)
        if hair is not _curls:
            hair(sheet, x)
        for side in (-1, 1):
            arc = bezier((x + side * 82, 478), (x + side * 72, 440), (x + side * 34, 440), (x + side * 26, 478))
            sheet.stroke(arc, 14, "sheet" if face == "deep" else "soot")
        sheet.shape(oval(x, 604, mouth, mouth * 1.06), "soot")
        sheet.shape(oval(x, 604 + mouth * 0.45, mouth * 0.62, mouth * 0.5), "brand")
    return sheet.finished()


def _crown(sheet, x):
    arch = [point for point in oval(x, 505, 146, 190) if point[1] < 470]
    sheet.shape([*arch, (x, 392)], "soot")


def _bun(sheet, x):
    sheet.disc(x, 290, 66, "soot")
    _crown(sheet, x)


def _curls(sheet, x):
    for degrees in range(170, 371, 25):
        sheet.disc(*around(x, 470, 150, degrees), 58, "soot")


def _moustache(sheet, x):
    for side in (-1, 1):
        sheet.shape(oval(x + side * 132, 470, 26, 60), "deep")
    whiskers = [(x - 84, 548), (x - 30, 518), (x, 536), (x + 30, 518), (x + 84, 548), (x, 560)]
    sheet.shape(smooth(whiskers), "deep")


def _cap(sheet, x):
    sheet.shape([point for point in oval(x, 496, 150, 196) if point[1] < 432], "deep")
    sheet.box(x - 40, 412, 230, 40, "deep", 20)


def _braids(sheet, x):
    for side in (-1, 1):
        braid = bezier((x + side * 120, 430), (x + side * 190, 560), (x + side * 120, 640), (x + side * 165, 760))
        sheet.stroke(braid, 52, "soot", 26)
    _crown(sheet, x)


def taniec(hue):
    """A skirt turned into a sun: nobody can tell where the dancer ends."""
    sheet = Canvas(hue, "accent")
    for k, radius in enumerate((760, 640)):
        arc = [around(800, 560, radius, d) for d in range(150 + k * 30, 260 + k * 20, 3)]
        sheet.stroke(arc, 34, "sheet", 4)
        arc = [around(800, 560, radius, d) for d in range(-30 - k * 20, 70 - k * 15, 3)]
        sheet.stroke(arc, 4, "sheet", 34)
    sheet.stroke([(760, 720), (690, 870), (640, 940)], 46, "soot")
    sheet.stroke([(850, 720), (960, 840), (900, 950)], 46, "soot")
    sheet.shape(smooth([(640, 920), (560, 946), (550, 972), (650, 972)]), "deep")
    sheet.shape(smooth([(890, 930), (980, 940), (1000, 966), (890, 976)]), "deep")
    for k in range(16):
        start = 22.5 * k
        colour = ("brand", "deep", "brand", "soot")[k % 4]
        fan = [around(800, 520, 1, 0)]
        for step in range(13):
            degrees = start + 22.5 * step / 12
            reach = 455 + 34 * (1 - abs(step - 6) / 6)
            px, py = around(0, 0, reach, degrees)
            fan.append((800 + px, 560 + py * (0.62 if py > 0 else 0.34)))
        sheet.shape(fan, colour)
    for k in range(12):
        px, py = around(0, 0, 330, 15 + k * 30)
        sheet.disc(800 + px, 560 + py * (0.62 if py > 0 else 0.34), 24, "sheet")
    sheet.stroke(bezier((790, 390), (660, 330), (560, 260), (540, 110)), 44, "sheet", 34)
    sheet.stroke(bezier((810, 390), (950, 340), (1040, 260), (1070, 110)), 44, "sheet", 34)
    sheet.shape([(710, 340), (890, 340), (850, 560), (750, 560)], "soot")
    sheet.box(782, 270, 36, 90, "sheet")
    sheet.disc(800, 210, 92, "sheet")
    sheet.shape([around(800, 205, 100, d) for d in range(176, 365, 4)], "soot")
    sheet.stroke(bezier((890, 190), (990, 210), (1010, 300), (1090, 300)), 40, "soot", 10)
    for x in (766, 834):
        sheet.stroke(bezier((x - 16, 228), (x - 8, 242), (x + 8, 242), (x + 16, 228), 12), 9, "soot")
    sheet.stroke(bezier((772, 258), (788, 276), (812, 276), (828, 258), 12), 10, "brand")
    return sheet.finished()
