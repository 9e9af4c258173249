"""Taking words along and bringing them back: all of them, once, as they were, for nobody else."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from journaling import carrying, library, walking
from journaling.carrying import Carried, Range
from journaling.carrying_html import page
from journaling.carrying_json import NotReadable, read, written
from journaling.carrying_pdf import document
from journaling.models import Entry
from journaling.walking import Said
from journaling.writing import delete
from koru.people.models import Person
from koru.sealing.keyring import keyring
from koru.ui.paper import drawable, runs_from_the_right
from tests.care.world import signed_in, write
from tests.days import this_day
from tests.people import make_client, make_clinic

CARRY, BACK = "/journal/carry/", "/journal/carry/back/"
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def one(text: str = "Rain on the roof.", **fields: Any) -> Carried:
    made = {"key": uuid4(), "at": AT, "zone": "America/Denver", "day": AT.date(), "title": "", "asked": "", "text": text}
    return Carried(**{**made, **fields})


def plain(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@pytest.fixture
def rowan(db: None) -> Person:
    make_clinic()
    return make_client()


def chosen(form: str = "json", **more: Any) -> dict[str, Any]:
    today = this_day()
    return {
        "since": today - timedelta(days=9),
        "until": today + timedelta(days=1),
        "which": "all",
        "questions": "on",
        "form": form,
        **more,
    }


def carried_by(person: Person, **more: Any) -> bytes:
    answer = signed_in(person).post(CARRY, chosen(**more))
    assert answer.status_code == 200, answer.context["form"].errors
    return answer.getvalue()


def bring(person: Person, data: bytes) -> Any:
    return signed_in(person).post(BACK, {"file": SimpleUploadedFile("days.json", data)})


@given(
    st.lists(st.tuples(st.text(), st.text(max_size=200), st.datetimes(datetime(1990, 1, 1), datetime(2026, 11, 1))), max_size=20)
)
def test_what_is_written_is_read_as_it_was(rows: list[tuple[str, str, datetime]]) -> None:
    entries = [
        one(plain(text) + "x", title=plain(title), at=at.replace(tzinfo=UTC), day=at.date())
        for text, title, at in rows
    ]  # fmt: skip
    told = read("".join(written(entries)).encode(), timezone.now())
    again = read("".join(written(told)).encode(), timezone.now())
    assert again == told
    assert [(entry.key, entry.at, entry.day) for entry in told] == [(entry.key, entry.at, entry.day) for entry in entries]


def test_a_file_brought_back_adds_what_is_missing_and_nothing_twice(rowan: Person) -> None:
    with keyring():
        kept, gone = write(rowan, text="Stays."), write(rowan, text="Was lost.", share="my_therapist")
    data = carried_by(rowan)
    Entry.objects.filter(pk=gone.pk).delete()
    for _ in range(2):
        assert bring(rowan, data).status_code == 302
    with keyring():
        assert sorted(entry.text for entry in Entry.objects.written_by(rowan)) == ["Stays.", "Was lost."]
        back = Entry.objects.get(key=gone.key)
        assert (back.at, back.local_date, back.zone, back.share) == (gone.at, gone.local_date, gone.zone, "only_me")
    assert Entry.objects.get(pk=kept.pk).share == "my_therapist"


def test_what_was_deleted_does_not_come_back_by_itself(rowan: Person) -> None:
    with keyring():
        entry = write(rowan, text="Let go.")
    data = carried_by(rowan)
    delete(entry, by=rowan)
    bring(rowan, data)
    assert not Entry.objects.written_by(rowan).exists()


def test_only_the_days_asked_for_are_in_it_and_only_ones_own(rowan: Person) -> None:
    now = timezone.now()
    with keyring():
        for days, text in ((0, "Today."), (9, "First day."), (30, "Long ago.")):
            write(rowan, text=text, at=now - timedelta(days=days))
        write(make_client(), text="Somebody else's.")
    told = carried_by(rowan).decode()
    assert [row["text"] for row in json.loads(told)["entries"]] == ["First day.", "Today."]


def test_only_what_is_shared_when_that_is_chosen(rowan: Person) -> None:
    with keyring():
        write(rowan, text="Shared.")
        write(rowan, share="only_me", text="Private.")
    for form in ("json", "html"):
        told = carried_by(rowan, form=form, which="shared").decode()
        assert "Shared." in told
        assert "Private." not in told


def test_who_has_not_lately_shown_that_it_is_them_is_asked_and_finds_their_choice_as_it_was(rowan: Person) -> None:
    rowan.set_password("seven quiet ferns")
    rowan.save()
    with keyring():
        write(rowan, text="Rain.")
    web = signed_in(rowan)
    asked = web.post(CARRY, chosen("html", which="all", questions=""))["Location"]
    assert asked.startswith("/accounts/reauthenticate/?next=%2Fjournal%2Fcarry%2F")
    back = web.post(asked, {"password": "seven quiet ferns"})["Location"]
    page = web.get(back).content.decode()
    days = chosen()
    for value in (f'value="{days["since"]}"', f'value="{days["until"]}"', 'value="html" checked'):
        assert value in page
    assert 'name="questions" checked' not in page.replace('id="id_questions" ', "")
    assert web.post(CARRY, chosen("html"))["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("form", ["json", "html", "pdf"])
def test_a_file_is_a_download_whose_name_says_nothing(rowan: Person, form: str) -> None:
    with keyring():
        write(rowan, text="Rain.")
    answer = signed_in(rowan).post(CARRY, chosen(form))
    name = answer["Content-Disposition"]
    assert name.startswith('attachment; filename="days-')
    assert name.endswith(f'.{form}"')
    assert answer["Cache-Control"] == "no-store"
    assert answer.getvalue()


def test_the_page_shows_words_as_words_and_days_with_their_year() -> None:
    told = "".join(page([one("<script>alert(1)</script>\n\nשלום", title="<b>")], "Days"))
    assert "<script>" not in told
    assert "&lt;script&gt;" in told
    assert '<p dir="auto">שלום' in told
    assert "http" not in told.replace("http-equiv", "")
    assert "Friday 20 November 2026" in told


def test_a_pdf_is_made_whatever_was_typed() -> None:
    odd = ["שלום עולם", "مرحبا بالعالم", "🌿 and 中文", "e\u0301", "\u202eabc", "a" * 3000, "\n\n\n", "tab\there", "ﷺ", "👩‍👩‍👧"]
    made = document([one(f"{words}x", title=words[:50], asked=words[:80]) for words in odd], "Days")
    assert made.startswith(b"%PDF")


@given(st.text())
def test_every_sign_of_a_pdf_is_drawn_or_named(text: str) -> None:
    drawn, lacking = drawable(text)
    again, still = drawable(drawn)
    assert (again, still) == (drawn, False)
    assert lacking or len(drawn) <= 4 * len(text) * 3


def test_an_emoji_is_named_and_a_sign_without_a_picture_is_a_box() -> None:
    assert drawable("🌿") == ("[herb]", True)
    assert drawable("中") == ("□", True)
    assert drawable("Ünïcödé שלום") == ("Ünïcödé שלום", False)


def test_a_paragraph_stands_at_the_side_that_it_runs_from() -> None:
    assert runs_from_the_right("1. שלום")
    assert not runs_from_the_right("Hello שלום")
    assert not runs_from_the_right("12.")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"file":"koru entries","version":2,"entries":[]}',
        b'{"file":"koru entries","version":1,"entries":[1]}',
        b'{"file":"koru entries","version":1,"entries":{"a":1}}',
        b"[" * 100_000,
    ],
)
def test_a_file_that_is_none_is_refused_in_words_beside_the_field(rowan: Person, data: bytes) -> None:
    answer = bring(rowan, data)
    assert answer.status_code == 422
    assert 'href="#id_file"' in answer.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": "2999-01-01T00:00:00+00:00"},
        {"at": "2026-11-20T09:30:00"},
        {"at": "yesterday"},
        {"day": "2020-01-01"},
        {"zone": "Mars/Base"},
        {"key": "no"},
        {"text": ""},
        {"text": "x" * 100_001},
        {"text": 5},
        {"title": "x" * 201},
    ],
)
def test_one_entry_that_cannot_be_keeps_all_of_the_file_out(rowan: Person, wrong: dict[str, Any]) -> None:
    whole = json.loads("".join(written([one(), one()])))
    whole["entries"][1] |= wrong
    with pytest.raises(NotReadable, match="Entry 2"):
        read(json.dumps(whole).encode(), timezone.now())


def test_odd_words_in_a_file_become_keepable(rowan: Person) -> None:
    whole = json.loads("".join(written([one("a\x00b")])))
    whole["entries"][0]["text"] += "\ud800"
    (entry,) = read(json.dumps(whole).encode(), timezone.now())
    assert entry.text == "ab\ufffd"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"since": ""}, "From"),
        ({"since": "2026-13-40"}, "date that exists"),
        ({"until": "2020-01-01"}, "before the first one"),
        ({"form": "exe"}, "Pick one"),
        ({"since": "1999-01-01", "until": "1999-01-02"}, "no entry in these days"),
    ],
)
def test_a_choice_that_cannot_be_is_answered_in_words(rowan: Person, typed: dict[str, str], says: str) -> None:
    answer = signed_in(rowan).post(CARRY, chosen(**typed))
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_days_named_by_an_address_are_chosen_already(rowan: Person) -> None:
    shown = signed_in(rowan).get(f"{CARRY}?from=2026-11-01&to=2026-11-09").content.decode()
    assert 'value="2026-11-01"' in shown
    assert 'value="2026-11-09"' in shown
    assert signed_in(rowan).get(f"{CARRY}?from=2026-99-99&to=x").status_code == 200


def test_more_than_a_pdf_holds_is_said_before_it_is_tried(rowan: Person) -> None:
    with keyring():
        Entry.objects.bulk_create(
            Entry(client=rowan, text=".", at=timezone.now(), zone=rowan.zone, local_date=this_day(), key=uuid4())
            for _ in range(401)
        )
    answer = signed_in(rowan).post(CARRY, chosen("pdf"))
    assert answer.status_code == 422
    assert "more than one PDF can hold" in answer.content.decode()


def test_so_is_a_few_very_long_entries(rowan: Person) -> None:
    with keyring():
        for _ in range(7):
            write(rowan, text="rain " * 19_000)
    assert signed_in(rowan).post(CARRY, chosen("pdf")).status_code == 422
    assert signed_in(rowan).post(CARRY, chosen("html")).status_code == 200


def test_a_file_asks_the_database_once_for_each_two_hundred(rowan: Person) -> None:
    counts = []
    for upto in (1, 30):
        with keyring():
            for _ in range(Entry.objects.count(), upto):
                write(rowan, text="Rain.")
        browser = signed_in(rowan)
        browser.get(CARRY)
        counts.append(queries(browser))
    assert counts[0] == counts[1]


def queries(browser: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        browser.post(CARRY, chosen("html")).getvalue()
    return len(asked)


def test_a_thousand_entries_are_opened_a_few_at_a_time(rowan: Person) -> None:
    with keyring():
        Entry.objects.bulk_create(
            Entry(client=rowan, text="Rain.", at=AT, zone=rowan.zone, local_date=AT.date(), key=uuid4()) for _ in range(1000)
        )
    wanted = Range(date(2026, 11, 1), date(2026, 11, 30))
    ids = carrying.in_range(rowan, wanted)
    entries = carrying.carried(rowan, ids, wanted)
    with CaptureQueriesContext(connection) as asked:
        next(entries)
    assert len(ids) == 1000
    assert len(asked) <= 2
    assert sum(1 for _ in entries) == 999


def test_a_guides_entry_is_carried_with_the_question_of_each_step_or_with_none(rowan: Person) -> None:
    shelf, walk = library.load().prompts, walking.begin("first-steps", by=rowan)
    with keyring():
        for step, slug, text in ((3, "b-keep-doing", "Slow mornings."), (2, "b-what-brings-me", "The river.\n\nAnd <b>."))[::-1]:
            walking.say(walk, Said(step, shelf[slug], text, uuid4()), by=rowan)
    told = carried_by(rowan, form="html").decode()
    in_order = [shelf["b-what-brings-me"].text, "The river.", "And <b>.", shelf["b-keep-doing"].text, "Slow mornings."]
    places = [told.index(escape(words)) for words in in_order]
    assert places == sorted(places)
    assert carried_by(rowan, form="pdf").startswith(b"%PDF")
    bare = carried_by(rowan, form="html", questions="").decode()
    assert escape(shelf["b-keep-doing"].text) not in bare
    assert bare.index("The river.") < bare.index("Slow mornings.")
    data = carried_by(rowan)
    Entry.objects.all().delete()
    bring(rowan, data)
    with keyring():
        assert Entry.objects.get().text == "The river.\n\nAnd <b>.\n\nSlow mornings."
