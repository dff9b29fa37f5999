"""Posters of the workshops: clay, paper, pencil, needle and computer."""

from .canvas import Canvas, around, bezier, mirrored, oval, smooth


def dzban(hue):
    """Two neighbours or one jug? Look longer."""
    sheet = Canvas(hue, "accent")
    widths = [
        (120, 300), (165, 240), (240, 196), (330, 190), (385, 222), (430, 200), (500, 112), (530, 118), (548, 186),
        (585, 150), (610, 152), (628, 188), (650, 156), (685, 160), (712, 208), (755, 176), (795, 190), (830, 300),
        (880, 390),
    ]  # fmt: skip
    profile = smooth([(800 - wide, y) for y, wide in widths], closed=False)
    head = [
        *profile,
        *smooth([(410, 890), (330, 1010), (60, 1010), (130, 800), (40, 620), (20, 420), (110, 200), (330, 90), (500, 118)], closed=False),
    ]  # fmt: skip
    sheet.shape(head, "brand")
    sheet.shape(mirrored(head), "deep")
    sheet.shape([*profile, *reversed(mirrored(profile))], "sheet")
    sheet.shape(oval(800, 122, 300, 34), "wash")
    sheet.box(410, 872, 780, 34, "soot", 17)
    for y, wide, colour in ((245, 180, "brand"), (275, 176, "deep")):
        sheet.box(800 - wide, y, 2 * wide, 16, colour)
    for k in range(5):
        sheet.disc(700 + k * 50, 836, 13, "brand" if k % 2 else "deep")
    for x in (430, 1170):
        sheet.shape(oval(x, 400, 56, 34), "sheet")
        sheet.disc(x + (18 if x < 800 else -18), 400, 22, "soot")
    for points in (bezier((350, 330), (400, 290), (460, 290), (510, 330)),):
        sheet.stroke(points, 20, "soot")
        sheet.stroke(mirrored(points), 20, "soot")
    return sheet.finished()


def wycinanka(hue):
    """Paper folded once, cut once: two cockerels and the flower they argue about."""
    sheet = Canvas(hue, "sheet")

    def both(points, colour):
        sheet.shape(points, colour)
        sheet.shape(mirrored(points), colour)

    sheet.box(786, 330, 28, 620, "soot")
    for k in range(4):
        both(oval(886 + k * 6, 850 - k * 112, 96 - k * 10, 30, -32), ("brand", "soot")[k % 2])
    for k in range(12):
        sheet.shape(oval(*around(800, 230, 132, k * 30), 76, 32, k * 30), ("brand", "deep")[k % 2])
    sheet.disc(800, 230, 84, "accent")
    for k in range(8):
        sheet.disc(*around(800, 230, 50, k * 45), 13, "soot")
    _tails(sheet)
    body = smooth(
        [
            (600, 330),
            (655, 400),
            (660, 520),
            (590, 700),
            (450, 760),
            (320, 690),
            (330, 610),
            (450, 590),
            (530, 500),
            (545, 380),
        ]
    )
    both(body, "soot")
    both([(640, 385), (735, 420), (645, 450)], "accent")
    for x, y, r in ((560, 318, 34), (602, 290, 38), (645, 318, 32)):
        both(oval(x, y, r, r), "brand")
    both(oval(632, 500, 30, 52), "brand")
    both(oval(604, 400, 26, 26), "sheet")
    both(oval(610, 400, 12, 12), "soot")
    wing = smooth([(540, 570), (560, 640), (480, 700), (390, 670), (430, 620)])
    both(wing, "brand")
    for k in range(4):
        both(oval(440 + k * 32, 662 - k * 16, 9, 22, 30), "sheet")
    for x in (450, 510):
        leg = [(x, 740), (x, 880), (x + 44, 906)]
        sheet.stroke(leg, 18, "accent")
        sheet.stroke(mirrored(leg), 18, "accent")
    for k in range(16):
        sheet.slice(k * 100 + 50, 1000, 50, 180, 360, "brand" if k % 2 else "deep")
    return sheet.finished()


def _tails(sheet):
    """Five feathers for each cockerel."""
    for k, colour in enumerate(("brand", "accent", "deep", "brand", "accent")):
        root = (360, 640)
        tip = around(330, 590, 330 - k * 10, 186 + k * 23)
        bend = around(330, 590, 290, 206 + k * 24)
        feather = bezier(root, around(300, 590, 160, 190 + k * 24), bend, tip)
        for side in (False, True):
            sheet.stroke(mirrored(feather) if side else feather, 30, colour, 78)
            sheet.disc(*(mirrored([tip])[0] if side else tip), 17, "sheet")


def olowek(hue):
    """A pencil takes off, and its exhaust is the first drawing in space."""
    sheet = Canvas(hue, "deep")
    for x, y, r in [
        (120, 130, 8),
        (380, 220, 5),
        (640, 80, 7),
        (880, 200, 5),
        (210, 420, 6),
        (1490, 640, 7),
        (1330, 850, 5),
        (980, 880, 6),
    ]:
        sheet.disc(x, y, r, "accent")
    sheet.disc(290, 250, 120, "brand")
    ring = oval(290, 250, 210, 46, -18)
    sheet.stroke([*ring[0:37]], 16, "accent")
    sheet.disc(1560, 980, 260, "wash")
    sheet.disc(1470, 900, 40, "sheet")
    sheet.disc(1570, 830, 24, "sheet")
    scribble = [
        (560, 760),
        (470, 700),
        (360, 760),
        (440, 860),
        (560, 840),
        (500, 720),
        (340, 700),
        (240, 800),
        (330, 920),
        (440, 900),
        (360, 800),
        (200, 820),
        (120, 920),
        (-20, 960),
    ]
    sheet.stroke(smooth(scribble, closed=False), 22, "accent", 14)

    def at(along, across):
        turn = -36
        x, y = around(560, 760, along, turn)
        return around(x, y, across, turn + 90)

    sheet.shape([at(20, -84), at(90, -84), at(90, 84), at(20, 84)], "wash")
    sheet.shape(smooth([at(30, -84), at(-34, -70), at(-50, 0), at(-34, 70), at(30, 84)]), "brand")
    for low, high, colour in ((-84, -30, "accent"), (-30, 32, "brand"), (32, 84, "accent")):
        sheet.shape([at(90, low), at(700, low), at(700, high), at(90, high)], colour)
    sheet.shape([at(700, -84), at(920, 0), at(700, 84)], "sheet")
    sheet.shape([at(848, -28), at(920, 0), at(848, 28)], "soot")
    sheet.disc(*at(470, 0), 74, "soot")
    sheet.disc(*at(470, 0), 56, "sheet")
    sheet.eye(*at(470, 0), 50, (0.7, -0.5))
    for side in (-1, 1):
        sheet.shape([at(120, side * 84), at(330, side * 84), at(60, side * 210)], "wash")
    return sheet.finished()


def obraz(hue):
    """The picture looks at the visitors, and it likes what it sees."""
    sheet = Canvas(hue, "wash")
    sheet.box(0, 880, 1600, 120, "deep")
    sheet.box(360, 70, 880, 620, "soot", 8)
    sheet.box(400, 110, 800, 540, "accent")
    sheet.box(430, 140, 740, 480, "brand")
    lid = [
        *bezier((480, 390), (620, 190), (980, 190), (1120, 390)),
        *bezier((1120, 390), (980, 570), (620, 570), (480, 390)),
    ]
    sheet.shape(lid, "sheet")
    sheet.disc(800, 400, 140, "deep")
    sheet.disc(800, 410, 76, "soot")
    sheet.disc(752, 352, 30, "sheet")
    for k in range(7):
        degrees = 222 + k * 16
        sheet.stroke([around(800, 470, 300, degrees), around(800, 470, 352, degrees)], 20, "soot", 8)
    visitors = [
        (250, 690, 74, "soot", "hat"),
        (560, 740, 66, "deep", "bun"),
        (800, 830, 48, "soot", ""),
        (1030, 700, 76, "deep", "curl"),
        (1330, 720, 70, "soot", ""),
    ]
    for x, y, r, colour, hair in visitors:
        sheet.shape(
            smooth(
                [
                    (x - r * 1.9, 1060),
                    (x - r * 1.5, y + r * 1.9),
                    (x, y + r * 1.1),
                    (x + r * 1.5, y + r * 1.9),
                    (x + r * 1.9, 1060),
                ]
            ),
            colour,
        )
        sheet.disc(x, y, r, colour)
        if hair == "hat":
            sheet.box(x - r * 1.5, y - r * 0.75, r * 3, 24, "brand", 12)
            sheet.box(x - r * 0.9, y - r * 1.9, r * 1.8, r * 1.3, "brand", 14)
        if hair == "bun":
            sheet.disc(x, y - r * 1.3, r * 0.5, "brand")
        if hair == "curl":
            for degrees in range(180, 361, 30):
                sheet.disc(*around(x, y, r, degrees), r * 0.42, "brand")
    sheet.stroke(bezier((848, 800), (880, 760), (900, 730), (940, 742)), 16, "accent", 8)
    return sheet.finished()


def mysz(hue):
    """A computer mouse remembers that it has ears, a tail and an appetite."""
    sheet = Canvas(hue, "brand")
    sheet.shape(oval(760, 830, 700, 120), "deep")
    tail = smooth(
        [
            (1150, 700),
            (1300, 690),
            (1430, 590),
            (1400, 450),
            (1280, 420),
            (1220, 510),
            (1290, 590),
            (1450, 560),
            (1540, 380),
            (1500, 160),
            (1620, 40),
        ],
        closed=False,
    )
    sheet.stroke(tail, 30, "soot", 16)
    sheet.shape(
        smooth(
            [
                (300, 700),
                (360, 520),
                (560, 370),
                (840, 340),
                (1080, 440),
                (1190, 640),
                (1160, 800),
                (1000, 850),
                (640, 850),
                (400, 830),
                (290, 790),
            ]
        ),
        "sheet",
    )
    for x, y, r in ((610, 330, 118), (800, 290, 128)):
        sheet.disc(x, y, r, "soot")
        sheet.disc(x, y, r * 0.62, "accent")
    sheet.stroke(bezier((900, 345), (830, 480), (780, 560), (380, 590)), 14, "soot")
    sheet.shape(oval(700, 470, 70, 30, -24), "deep")
    sheet.shape(oval(700, 470, 34, 16, -24), "accent")
    sheet.eye(500, 660, 40, (-0.8, 0.1))
    sheet.disc(500, 660, 26, "soot")
    sheet.disc(488, 648, 9, "sheet")
    sheet.disc(300, 728, 40, "soot")
    for y in (700, 750, 800):
        sheet.stroke(bezier((400, 740), (330, y), (270, y), (180, y - 20 + (y - 750) // 2)), 7, "soot")
    sheet.shape([(20, 880), (270, 810), (270, 950), (20, 950)], "accent")
    for x, y, r in ((90, 912, 18), (200, 878, 24), (236, 926, 13)):
        sheet.disc(x, y, r, "deep")
    pointer = [(110, 120), (110, 420), (182, 352), (236, 470), (286, 446), (232, 332), (328, 326)]
    sheet.shape([(x + 14, y + 16) for x, y in pointer], "deep")
    sheet.shape(pointer, "sheet")
    return sheet.finished()
