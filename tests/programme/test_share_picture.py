"""The picture of a shared link: drawn once, on publication, true to the event, never in the way of publishing."""

import json
import re
from collections import Counter
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from wagtail import hooks
from wagtail.images.tests.utils import get_test_image_file

from mission.models import CentreImage
from mission.poster_pixels import path_points, poster
from mission.posters import DRAWINGS, SUBJECTS
from mission.theme import contrast, palette
from programme.events import drawing, share_pictures
from programme.models import EventPage, EventStatus, SharePicture
from tests.factories import make_date, make_event, make_site, make_venue, warsaw

NOW = "2026-05-06 12:00"
PLAN = [{"day": "2026-05-07", "start_time": "18:00"}]
WORDS = drawing.Words("Koncert", "Czwartek, 7 maja 2026, 18:00", "Sala", "koncerty", "Ośrodek")
POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–…"


@pytest.fixture
def publish(db, clock, settings, tmp_path, django_capture_on_commit_callbacks):
    """A function: publishes an event (a new one, or the given) as a request does, to its end."""
    settings.MEDIA_ROOT = tmp_path
    make_site()
    clock(NOW)

    def go(event=None, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            if event is None:
                return make_event(**{"title": "Koncert", "plan": PLAN} | fields)
            event.save_revision().publish()
        return event

    return go


def files(folder):
    return sorted(path.name for path in (folder / "share").iterdir())


def test_publishing_draws_a_picture_that_the_page_shows(publish, visitor, tmp_path):
    event = publish()
    picture = SharePicture.objects.get(event=event)
    with Image.open(tmp_path / picture.file.name) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
    assert (tmp_path / picture.file.name).stat().st_size < 120_000
    html = visitor.get(event.get_url()).content.decode()
    found = dict(re.findall(r'<meta property="og:image(:?\w*)" content="([^"]*)">', html))
    assert found == {
        "": f"http://localhost{picture.file.url}", ":width": "1200", ":height": "630", ":alt": "Koncert",
    }  # fmt: skip
    linked = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert linked["image"] == f"http://localhost{picture.file.url}"


def test_a_page_without_one_shows_the_centres_own(publish, visitor):
    html = visitor.get(make_venue().get_url()).content.decode()
    assert "/share.png" in html or "og:image:width" in html
    assert "og:image:alt" not in html


def test_the_editors_own_choice_wins(publish, visitor):
    chosen = CentreImage.objects.create(title="Plakat", description="Plakat", file=get_test_image_file())
    event = publish(share_image=chosen)
    html = visitor.get(event.get_url()).content.decode()
    assert f'og:image" content="http://localhost{SharePicture.objects.get().file.url}' not in html
    assert 'og:image:alt" content="Plakat"' in html


def test_nothing_is_drawn_twice_and_a_new_picture_takes_the_place_of_the_old(publish, tmp_path):
    event = publish()
    (first,) = files(tmp_path)
    publish(event)
    assert files(tmp_path) == [first]
    event.title = "Wielki koncert"
    publish(event)
    (second,) = files(tmp_path)
    assert second != first
    assert SharePicture.objects.get().file.name == f"share/{second}"


def test_the_file_goes_with_the_event(publish, tmp_path, django_capture_on_commit_callbacks):
    event = publish()
    with django_capture_on_commit_callbacks(execute=True):
        event.delete()
    assert files(tmp_path) == []


def test_a_drawing_that_fails_is_logged_and_stops_nothing(publish, monkeypatch, caplog):
    monkeypatch.setattr(share_pictures, "_failing", set())
    monkeypatch.setattr(drawing, "drawn", lambda *args, **words: 1 / 0)
    event = publish()
    assert EventPage.objects.get(pk=event.pk).live
    assert event.occurrences.count() == 1
    assert "was not drawn" in caplog.text
    caplog.clear()
    share_pictures.draw_missing(warsaw(NOW))
    assert caplog.text == ""  # not again every minute


def test_a_photograph_stands_above_a_band(publish, tmp_path):
    photograph = CentreImage.objects.create(title="Zdjęcie", file=get_test_image_file(size=(800, 600), colour="red"))
    publish(image=photograph)
    (name,) = files(tmp_path)
    with Image.open(tmp_path / "share" / name) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 630))
        red, green, blue = image.getpixel((600, 100))
    assert (red > 200, green < 60, blue < 60) == (True, True, True)


def test_what_the_editor_marked_in_a_photograph_stays(publish, tmp_path):
    tall = Image.new("RGB", (400, 1200), "red")
    tall.paste("blue", (0, 1000, 400, 1200))
    content = BytesIO()
    tall.save(content, "PNG")
    focus = {"focal_point_x": 200, "focal_point_y": 1150, "focal_point_width": 50, "focal_point_height": 50}
    file = ContentFile(content.getvalue(), name="wysokie.png")
    publish(image=CentreImage.objects.create(title="Zdjęcie", file=file, **focus))
    with Image.open(tmp_path / "share" / files(tmp_path)[0]) as image:
        red, _green, blue = image.getpixel((600, 300))
    assert blue > 200 > red


def test_a_photograph_that_cannot_be_read_gives_way_to_the_poster(publish, tmp_path, caplog):
    photograph = CentreImage.objects.create(title="Zdjęcie", file=get_test_image_file())
    photograph.file.storage.delete(photograph.file.name)
    photograph.file.storage.save(photograph.file.name, ContentFile(b"not a picture"))
    publish(image=photograph)
    (name,) = files(tmp_path)
    assert name.endswith(".png")
    assert "cannot be read" in caplog.text


def test_the_clock_draws_what_is_missing_a_few_at_a_time(publish, tmp_path):
    for number in range(share_pictures.MOST_AT_ONCE + 2):
        make_event(f"Koncert {number}", start=warsaw("2026-05-07 18:00"))
    make_event("Był", start=warsaw("2026-05-01 18:00"))
    make_event("Szkic", start=warsaw("2026-05-07 18:00"), live=False)
    counts = []
    for _minute in range(3):
        share_pictures.draw_missing(warsaw(NOW))
        counts.append(SharePicture.objects.count())
    most = share_pictures.MOST_AT_ONCE
    assert counts == [most, most + 2, most + 2]
    assert len(files(tmp_path)) == most + 2


def test_the_clock_has_this_job(publish, django_capture_on_commit_callbacks):
    make_event(start=warsaw("2026-05-07 18:00"))
    for job in hooks.get_hooks("clock_tick"):
        if job.__name__ == "draw_share_pictures":
            with django_capture_on_commit_callbacks(execute=True):
                job(warsaw(NOW))
    assert SharePicture.objects.count() == 1


def test_the_clock_follows_a_date_that_was_moved_or_cancelled(publish, django_capture_on_commit_callbacks, tmp_path):
    event = publish()
    seen = {SharePicture.objects.get().digest}
    date = event.occurrences.get()
    for change in (
        {"start": warsaw("2026-05-08 18:00"), "end": warsaw("2026-05-08 20:00"), "status": EventStatus.RESCHEDULED},
        {"status": EventStatus.CANCELLED},
    ):
        date.change(at=warsaw(NOW), **change)
        with django_capture_on_commit_callbacks(execute=True):
            share_pictures.draw_missing(warsaw(NOW))
        seen.add(SharePicture.objects.get().digest)
    assert len(seen) == 3
    assert len(files(tmp_path)) == 1


def test_the_clock_asks_as_often_for_two_hundred_events_as_for_one(publish, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(share_pictures, "renew", lambda *args, **words: False)
    for number in range(10):
        make_event(f"Koncert {number}", start=warsaw("2026-05-07 18:00"))
    with django_assert_num_queries(2):
        share_pictures.draw_missing(warsaw(NOW))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Czwartek, 7 maja 2026, 18:00"),
        ({"is_time_confirmed": False}, "Czwartek, 7 maja 2026"),
        ({"is_all_day": True}, "Czwartek, 7 maja 2026"),
        ({"end": "2026-05-10 12:00"}, "7 maja – 10 maja 2026"),
        ({"status": EventStatus.CANCELLED}, "Odwołane: 7 maja 2026"),
    ],
)
def test_the_picture_says_when(publish, fields, words):
    event = make_event()
    end = warsaw(fields.pop("end")) if "end" in fields else None
    date = make_date(event, warsaw("2026-05-07 18:00"), end, **fields)
    assert share_pictures._when(date) == words


def test_of_several_dates_the_next_that_takes_place_is_told(publish):
    event = make_event()
    past = make_date(event, warsaw("2026-05-01 18:00"))
    off = make_date(event, warsaw("2026-05-07 18:00"), status=EventStatus.CANCELLED)
    held = make_date(event, warsaw("2026-05-14 18:00"))
    at = warsaw(NOW)
    assert share_pictures.chosen([past, off, held], at) == held
    assert share_pictures.chosen([past, off], at) == off
    assert share_pictures.chosen([past], at) == past
    assert share_pictures.chosen([], at) is None


def test_the_font_has_every_polish_letter():
    face = drawing.font(40)
    nothing = face.getmask("\uffff").getbbox(), bytes(face.getmask("\uffff"))
    for letter in POLISH:
        assert (face.getmask(letter).getbbox(), bytes(face.getmask(letter))) != nothing, letter
    assert drawing.printable(POLISH) == POLISH
    assert drawing.FONT.stat().st_size < 150_000
    assert (drawing.FONT.parent / "OFL.txt").exists()


def test_what_the_font_lacks_is_left_out_and_short_words_are_tied_to_the_next():
    assert drawing.printable("Święto 🎉 i مرحبا w domu\r\n日本") == "Święto i\N{NO-BREAK SPACE}w\N{NO-BREAK SPACE}domu"


@pytest.mark.parametrize("hue", range(0, 360, 30))
def test_the_words_can_be_read_in_every_hue(hue):
    content, _ending = drawing.drawn(WORDS, hue=hue)
    with Image.open(BytesIO(content)) as image:
        words = image.convert("RGB").crop((0, 0, drawing.WIDTH - drawing.ART_WIDTH, drawing.HEIGHT))
    (ground, _), (ink, _) = Counter(words.get_flattened_data()).most_common(2)
    assert contrast("#{:02x}{:02x}{:02x}".format(*ground), "#{:02x}{:02x}{:02x}".format(*ink)) >= 4.5


def is_blank(image, box):
    part = image.crop(box)
    return ImageChops.difference(part, Image.new("RGB", part.size, part.getpixel((0, 0)))).getbbox() is None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=st.text(max_size=255), where=st.text(max_size=200))
def test_any_words_are_drawn_within_the_margins(title, where):
    words = drawing.Words(title, WORDS.when, where, "", title)
    content, _ending = drawing.drawn(words, hue=25)
    with Image.open(BytesIO(content)) as image:
        assert image.size == (1200, 630)
        assert is_blank(image.convert("RGB"), (0, 0, drawing.MARGIN // 2, 630))


@pytest.mark.parametrize(
    "title", ["Konstantynopolitańczykowianeczka " * 7, "W" * 255, "i w z o u a " * 21, "", "Ż", "słowo-" * 42]
)
def test_long_and_short_titles_stay_in_their_column(title):
    content, _ending = drawing.drawn(drawing.Words(title, title[:60], title[:200], "", title[:60]), hue=25)
    with Image.open(BytesIO(content)) as image:
        edge = drawing.WIDTH - drawing.ART_WIDTH
        assert is_blank(image.convert("RGB"), (edge - drawing.MARGIN // 2, 0, edge, 630))
        assert is_blank(image.convert("RGB"), (0, 630 - drawing.MARGIN // 2, edge, 630))


@pytest.mark.parametrize("name", DRAWINGS)
def test_every_poster_can_be_painted_in_pixels(name):
    stem = dict(SUBJECTS).get(name, "").split(" ")[0]
    image = poster(f"{stem} x", "", palette(25), (150, 200))
    assert image.size == (150, 200)
    assert len(image.getcolors(maxcolors=100_000)) > 3


@pytest.mark.parametrize(
    ("path", "points"),
    [
        ("M1 2h3v4H0z", [(1, 2), (4, 2), (4, 6), (0, 6), (1, 2)]),
        ("M0 0l1-2 3 4", [(0, 0), (1, -2), (4, 2)]),
        ("M-5 0a5 5 0 0 1 10 0", [(-5, 0), (0, -5), (5, 0)]),
        ("M-5 0a5 5 0 0 0 10 0", [(-5, 0), (0, 5), (5, 0)]),
        ("M0 0q2 4 4 0t4 0", [(0, 0), (2, 2), (4, 0), (6, -2), (8, 0)]),
        ("M0 0c0 4 8 4 8 0s8-4 8 0", [(0, 0), (4, 3), (8, 0), (12, -3), (16, 0)]),
    ],
)
def test_a_path_goes_through_its_points(path, points):
    (outline,) = path_points(path)
    for x, y in points:
        assert min(abs(x - u) + abs(y - v) for u, v in outline) < 1e-6, (x, y)
