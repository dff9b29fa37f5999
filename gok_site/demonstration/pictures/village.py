"""Posters of the place: clubroom, door, bicycle, tea, games and the town itself."""

from .canvas import Canvas, around, bezier, oval, smooth


def swietlica(hue):
    """The crown of the old lime tree is everything that was ever said under it."""
    sheet = Canvas(hue, "sheet")
    sheet.shape([(0, 800), *bezier((0, 800), (500, 690), (1100, 720), (1600, 810)), (1600, 1000), (0, 1000)], "brand")
    crown = smooth(
        [
            (150, 330),
            (250, 120),
            (520, 40),
            (820, 60),
            (1080, 40),
            (1330, 130),
            (1440, 320),
            (1350, 510),
            (1080, 590),
            (760, 580),
            (480, 600),
            (250, 520),
        ]
    )
    sheet.shape(crown, "deep")
    sheet.shape(
        [
            *bezier((700, 540), (790, 640), (790, 760), (730, 850)),
            *bezier((880, 850), (850, 760), (880, 640), (960, 540)),
        ],
        "deep",
    )
    for x, y, r, colour in [(420, 310, 96, "accent"), (800, 290, 130, "wash"), (1170, 320, 104, "brand")]:
        sheet.shape(oval(x, y, r * 1.45, r * 0.95), colour)
        sheet.shape([(x - r * 0.5, y + r * 0.6), (x + r * 0.2, y + r * 0.7), (x - r * 0.5, y + r * 1.5)], colour)
    for k in (-1, 0, 1):
        sheet.disc(420 + k * 62, 310, 17, "soot")
    sheet.shape([(724, 310), (800, 230), (876, 310)], "brand")
    sheet.box(742, 308, 116, 74, "soot")
    sheet.box(786, 334, 30, 48, "accent")
    for k in range(3):
        sheet.stroke([(1090, 282 + k * 36), (1250 - k * 34, 282 + k * 36)], 14, "sheet")
    sheet.shape([(1060, 760), (1270, 640), (1480, 760)], "soot")
    sheet.box(1096, 756, 348, 170, "accent")
    sheet.box(1240, 800, 76, 126, "soot", 6)
    for x in (1130, 1350):
        sheet.box(x, 800, 70, 62, "sheet")
        sheet.box(x + 31, 800, 8, 62, "soot")
        sheet.box(x, 827, 70, 8, "soot")
    sheet.box(1368, 610, 44, 90, "soot")
    people = [(190, "soot", 44), (320, "wash", 52), (460, "accent", 40), (590, "soot", 48)]
    for x, colour, r in people:
        sheet.shape(
            smooth([(x - r * 1.4, 960), (x - r, 890 - r), (x, 862 - r), (x + r, 890 - r), (x + r * 1.4, 960)]), colour
        )
        sheet.disc(x, 826 - r, r, colour)
    sheet.box(110, 916, 570, 24, "deep", 12)
    for x in (160, 630):
        sheet.box(x, 930, 24, 60, "deep")
    return sheet.finished()


def drzwi(hue):
    """Somebody left the door open on purpose."""
    sheet = Canvas(hue, "deep")
    sheet.shape([(620, 790), (980, 790), (1420, 1000), (180, 1000)], "accent")
    sheet.box(560, 110, 480, 690, "soot")
    sheet.box(600, 150, 400, 640, "accent")
    sheet.disc(800, 560, 150, "sheet")
    for k in range(13):
        degrees = 180 + k * 15
        reach = 330 if k % 2 else 400
        tip = around(800, 560, reach, degrees)
        tip = (min(max(tip[0], 612), 988), max(tip[1], 166))
        sheet.stroke([around(800, 560, 176, degrees), tip], 16, "brand", 6)
    sheet.shape([(1000, 150), (1260, 60), (1260, 900), (1000, 790)], "brand")
    for corners in ((215, 172, 440, 430), (500, 520, 800, 728)):
        sheet.shape(list(zip((1060, 1205, 1205, 1060), corners, strict=True)), "deep")
    sheet.disc(1034, 476, 20, "accent")
    sheet.shape([(820, 800), (860, 800), (1010, 1000), (810, 1000)], "deep")
    cat = smooth([(760, 860), (770, 740), (800, 690), (850, 680), (890, 720), (905, 800), (910, 860)])
    sheet.shape(cat, "soot")
    sheet.disc(838, 650, 62, "soot")
    for side in (-1, 1):
        sheet.shape([(838 + side * 20, 600), (838 + side * 62, 626), (838 + side * 56, 560)], "soot")
        sheet.shape(oval(838 + side * 24, 646, 13, 17), "accent")
        sheet.disc(838 + side * 24, 646, 6, "soot")
    sheet.stroke(bezier((780, 850), (680, 880), (640, 800), (690, 740)), 26, "soot", 14)
    for x, y, r, colour in [
        (330, 250, 46, "brand"),
        (200, 520, 70, "brand"),
        (430, 640, 34, "wash"),
        (380, 430, 22, "accent"),
        (1420, 300, 40, "wash"),
        (1480, 620, 64, "brand"),
        (1370, 760, 22, "accent"),
        (150, 180, 20, "wash"),
        (1500, 120, 26, "accent"),
    ]:
        sheet.disc(x, y, r, colour)
    return sheet.finished()


def rower(hue):
    """Wheels in flower: the only bicycle that has to be watered."""
    sheet = Canvas(hue, "wash")
    sheet.disc(1330, 190, 120, "sheet")
    sheet.shape([(0, 880), *bezier((0, 880), (500, 800), (1000, 940), (1600, 830)), (1600, 1000), (0, 1000)], "deep")
    for x, y, colour in ((440, 640, "brand"), (1130, 650, "accent")):
        for k in range(12):
            sheet.shape(oval(*around(x, y, 172, k * 30 + 8), 84, 42, k * 30 + 8), colour)
        for k in range(12):
            sheet.stroke([(x, y), around(x, y, 190, k * 30 + 8)], 6, "soot", 4)
        sheet.disc(x, y, 62, "sheet")
        sheet.disc(x, y, 30, "soot")
    pedal = (730, 690)
    saddle, head = (640, 360), (1020, 340)
    for line in (
        [(440, 640), pedal],
        [pedal, head],
        [(660, 420), head],
        [pedal, saddle],
        [(440, 640), (660, 420)],
        [(1000, 270), (1130, 650)],
    ):
        sheet.stroke(line, 26, "soot")
    sheet.disc(*pedal, 50, "soot")
    sheet.disc(*pedal, 24, "accent")
    sheet.stroke([pedal, (800, 780)], 16, "soot")
    sheet.box(760, 770, 90, 22, "brand", 11)
    sheet.shape(smooth([(540, 352), (600, 318), (740, 326), (740, 352), (640, 372)]), "brand")
    sheet.stroke(bezier((1000, 270), (980, 200), (1060, 190), (1120, 230)), 24, "soot")
    sheet.shape([(1080, 270), (1320, 270), (1290, 430), (1110, 430)], "sheet")
    for k in range(1, 5):
        sheet.stroke([(1080 + k * 48, 274), (1100 + k * 40, 428)], 7, "soot")
    for y in (320, 370):
        sheet.stroke([(1090, y), (1312, y)], 7, "soot")
    sheet.slice(1200, 268, 112, 180, 360, "brand")
    for x, y in ((1150, 226), (1200, 190), (1246, 232)):
        sheet.disc(x, y, 15, "sheet")
    sheet.disc(1200, 156, 26, "soot")
    for x, y, r in ((180, 900, 13), (300, 930, 10), (840, 930, 12), (1320, 930, 14), (1480, 900, 10)):
        for k in range(5):
            sheet.disc(*around(x, y, r * 1.5, k * 72), r, "brand")
        sheet.disc(x, y, r, "accent")
    return sheet.finished()


def herbata(hue):
    """Where there is tea, there is a story in the steam."""
    sheet = Canvas(hue, "brand")
    sheet.box(0, 850, 1600, 150, "soot")
    bubble = smooth(
        [(640, 70), (900, 30), (1240, 70), (1430, 220), (1400, 410), (1180, 500), (900, 490), (680, 430), (560, 260)]
    )
    sheet.shape(bubble, "sheet")
    sheet.shape(
        [
            *bezier((760, 440), (740, 540), (560, 520), (610, 640)),
            *bezier((660, 640), (660, 580), (880, 570), (900, 470)),
        ],
        "sheet",
    )
    sheet.disc(1260, 190, 74, "accent")
    sheet.disc(1226, 172, 66, "sheet")
    sheet.shape([(690, 440), (800, 260), (900, 380), (990, 230), (1130, 460), (900, 486)], "wash")
    sheet.box(840, 330, 150, 130, "deep")
    sheet.shape([(815, 335), (915, 240), (1015, 335)], "soot")
    sheet.box(890, 380, 46, 50, "accent")
    sheet.shape([(1060, 470), (1110, 290), (1160, 470)], "deep")
    sheet.shape([(1130, 480), (1190, 330), (1250, 470)], "soot")
    for x, y in ((700, 190), (820, 130), (1080, 140), (1340, 330)):
        sheet.disc(x, y, 11, "brand")
    sheet.stroke([around(925, 730, 120, d) for d in range(-80, 90, 4)], 46, "accent")
    sheet.shape(
        [
            (360, 620),
            *bezier((360, 620), (370, 820), (460, 880), (640, 880)),
            *bezier((640, 880), (820, 880), (910, 820), (920, 620)),
        ],
        "accent",
    )
    sheet.shape(oval(640, 622, 280, 46), "wash")
    sheet.shape(oval(640, 630, 244, 32), "deep")
    sheet.shape(oval(640, 896, 400, 40), "sheet")
    sheet.shape(oval(640, 886, 240, 20), "wash")
    for k in range(6):
        sheet.disc(452 + k * 75, 740 + (12 if k in (0, 5) else 28), 26, "brand" if k % 2 else "deep")
    sheet.shape([(1150, 910), (1420, 800), (1420, 900)], "sheet")
    sheet.shape([(1150, 910), (1420, 900), (1420, 940), (1150, 940)], "brand")
    for x, y in ((1300, 868), (1370, 850), (1250, 890)):
        sheet.disc(x, y, 13, "brand")
    return sheet.finished()


def kostka(hue):
    """A die at midnight: the moon has rolled a five."""
    sheet = Canvas(hue, "deep")
    for x, y, r in [
        (150, 140, 8),
        (330, 70, 5),
        (540, 200, 6),
        (1100, 90, 6),
        (1480, 330, 8),
        (1250, 230, 5),
        (90, 380, 5),
        (1540, 90, 5),
    ]:
        sheet.disc(x, y, r, "sheet")
    sheet.disc(1330, 200, 130, "accent")
    sheet.disc(1275, 170, 116, "deep")
    sheet.box(0, 820, 1600, 180, "brand")
    top = [(700, 170), (1040, 320), (700, 470), (360, 320)]
    left = [(360, 320), (700, 470), (700, 880), (360, 730)]
    right = [(1040, 320), (700, 470), (700, 880), (1040, 730)]
    sheet.shape(oval(720, 830, 420, 90), "soot")
    for points, colour in ((top, "sheet"), (left, "accent"), (right, "wash")):
        sheet.shape(points, colour)

    def pip(face, u, v, wide, high, turn, colour):
        (ax, ay), (bx, by), _, (dx, dy) = face
        x = ax + (bx - ax) * u + (dx - ax) * v
        y = ay + (by - ay) * u + (dy - ay) * v
        sheet.shape(oval(x, y, wide, high, turn), colour)

    for u, v in ((0.5, 0.5), (0.24, 0.24), (0.76, 0.76), (0.24, 0.76), (0.76, 0.24)):
        pip(top, u, v, 46, 22, 0, "brand")
    for u, v in ((0.27, 0.25), (0.73, 0.25)):
        pip(left, u, v, 34, 46, 18, "soot")
        pip(right, u, v, 34, 46, -18, "soot")
    for face, side in ((left, 1), (right, -1)):
        (ax, ay), (bx, by), _, (dx, dy) = face
        mouth = [
            (ax + (bx - ax) * u + (dx - ax) * v, ay + (by - ay) * u + (dy - ay) * v)
            for u, v in bezier(
                (0.22, 0.58), (0.3, 0.85 if side > 0 else 0.5), (0.7, 0.85 if side > 0 else 0.5), (0.78, 0.58)
            )
        ]
        sheet.stroke(mouth, 24, "soot")
    for x, y, size, colour in ((1210, 860, 1.0, "accent"), (1400, 900, 1.3, "sheet"), (190, 890, 1.2, "wash")):
        sheet.shape(
            [(x - 66 * size, y), (x - 22 * size, y - 150 * size), (x + 22 * size, y - 150 * size), (x + 66 * size, y)],
            colour,
        )
        sheet.shape(oval(x, y, 66 * size, 22 * size), colour)
        sheet.disc(x, y - 180 * size, 50 * size, colour)
    return sheet.finished()


def perspektywa(hue):
    """The town and the same town: it depends on which side one stands."""
    sheet = Canvas(hue, "wash")
    sheet.box(0, 500, 1600, 500, "deep")
    sheet.disc(1180, 250, 130, "accent")
    sheet.disc(420, 770, 116, "sheet")
    sheet.disc(470, 740, 100, "deep")
    skyline = [
        (0, 150, 190),
        (150, 120, 300),
        (270, 150, 170),
        (640, 130, 220),
        (770, 170, 150),
        (1290, 140, 260),
        (1430, 170, 170),
    ]
    for flip in (1, -1):
        for k, (x, wide, high) in enumerate(skyline):
            colour = (("brand", "deep", "soot") if flip > 0 else ("brand", "wash", "accent"))[k % 3]
            light = "sheet" if flip > 0 else "deep"
            points = [(x, 500), (x, 500 - flip * high), (x + wide, 500 - flip * high), (x + wide, 500)]
            sheet.shape(points, colour)
            if k % 2:
                sheet.shape(
                    [
                        (x - 14, 500 - flip * high),
                        (x + wide / 2, 500 - flip * (high + 110)),
                        (x + wide + 14, 500 - flip * high),
                    ],
                    "brand" if colour != "brand" else "soot",
                )
            for row in range(int((high - 50) // 70)):
                for column in (0.22, 0.6):
                    y = 500 - flip * (high - 36 - row * 70)
                    left, right = x + wide * column, x + wide * (column + 0.2)
                    sheet.shape([(left, y), (right, y), (right, y + flip * 36), (left, y + flip * 36)], light)
    for flip, x, coat, face in ((1, 540, "soot", "sheet"), (-1, 1120, "accent", "sheet")):

        def up(dx, dy, flip=flip, x=x):
            return x + dx, 500 - flip * dy

        sheet.stroke([up(-26, 6), up(-20, 110)], 34, "soot" if flip > 0 else "sheet")
        sheet.stroke([up(26, 6), up(20, 110)], 34, "soot" if flip > 0 else "sheet")
        sheet.shape([up(-70, 90), up(-44, 260), up(44, 260), up(70, 90)], "brand" if flip > 0 else coat)
        sheet.stroke([up(40, 240), up(110, 320), up(160, 390)], 28, "brand" if flip > 0 else coat)
        sheet.stroke([up(-40, 240), up(-90, 150)], 28, "brand" if flip > 0 else coat)
        sheet.disc(*up(0, 316), 62, face)
        sheet.shape([up(-66, 330), up(-50, 388), up(0, 402), up(50, 388), up(66, 330)], "soot" if flip > 0 else "brand")
        for dx in (4, 38):
            sheet.disc(*up(dx, 318), 8, "soot")
        sheet.stroke([up(6, 290), up(22, 284), up(36, 292)], 8, "soot")
    sheet.box(0, 492, 1600, 16, "soot")
    return sheet.finished()
