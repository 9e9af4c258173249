"""The pages of how a meeting was: nothing of a client's lines before a guess, in whatever answer; and nobody else's at all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from koru.moments.spans import Span
from koru.people.covering import let_cover
from koru.people.models import Alliance, Person
from koru.privacy.looks import looks_at
from moodtracking.connection.models import ConnectionCheckIn, ConnectionDraft, Guess
from tests.people import ally, make_admin, make_client, make_staff, make_therapist
from tests.scheduling.practice import queries

from .world import ALL, CANARY, met, said, signed_in

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]
REVEALED = ('class="said"', CANARY, "8.0 of 10", "own median", "Worth asking", "All high")


def acts(client: Person) -> list[str]:
    return [row.act for row in looks_at(client)]


def form(**changed: str) -> dict[str, str]:
    lines = {key: str(value) for key, value in ALL.items()}
    return {"key": str(uuid4()), "words": CANARY, "words_to": "therapist", "share": "yes", **lines, **changed}


def test_a_client_answers_in_one_page_without_scripts_and_shares_by_the_button(pair: Pair) -> None:
    client, therapist = pair
    meeting, browser = met(client, therapist), signed_in(pair[0])
    page = browser.get(f"/connection/after/{meeting.pk}/").content.decode()
    assert "This is for the two of you." in page
    assert page.count('type="radio"') == 4 * 12 + 2
    assert f"Share with <bdi>{therapist.display_name}</bdi>" in page
    sent = form()
    for _ in range(2):
        answer = browser.post(f"/connection/after/{meeting.pk}/", sent)
        row = ConnectionCheckIn.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"/connection/{row.pk}/")
    assert (row.given, row.words, row.is_shared, row.with_words) == (ALL, CANARY, True, True)


@pytest.mark.parametrize("share", [{"share": "no"}, {"share": ""}, {"share": "YES"}, {"share": "1"}])
def test_without_the_button_that_shares_nothing_is_shared(pair: Pair, share: dict[str, str]) -> None:
    client, therapist = pair
    signed_in(client).post(f"/connection/after/{met(client, therapist).pk}/", form(**share))
    assert not ConnectionCheckIn.objects.get().is_shared


def test_every_line_can_be_skipped_but_nothing_at_all_is_met_with_words(pair: Pair) -> None:
    client, therapist = pair
    meeting, browser = met(client, therapist), signed_in(client)
    skipped = dict.fromkeys(ALL, "skip")
    answer = browser.post(f"/connection/after/{meeting.pk}/", {**form(words=""), **skipped})
    assert answer.status_code == 422
    assert "No line is set yet." in answer.content.decode()
    assert browser.post(f"/connection/after/{meeting.pk}/", {**form(words=""), **skipped, "way": "0"}).status_code == 302
    assert ConnectionCheckIn.objects.get().given == {"way": 0}


@pytest.mark.parametrize("odd", ["-10", "101", "5", "55", "1e1", "٥٠", "NaN", "x" * 5000])
def test_only_a_stop_of_the_line_is_an_answer_and_nothing_typed_is_lost(pair: Pair, odd: str) -> None:
    client, therapist = pair
    answer = signed_in(client).post(f"/connection/after/{met(client, therapist).pk}/", form(heard=odd))
    assert answer.status_code == 422
    assert CANARY in answer.content.decode()
    assert not ConnectionCheckIn.objects.exists()


def test_a_second_page_about_the_same_meeting_loses_nothing(pair: Pair) -> None:
    client, therapist = pair
    meeting, browser = met(client, therapist), signed_in(client)
    browser.post(f"/connection/after/{meeting.pk}/", form())
    answer = browser.post(f"/connection/after/{meeting.pk}/", form(heard="0", words="Other words."))
    assert answer.status_code == 422
    assert "Other words." in answer.content.decode()
    assert ConnectionCheckIn.objects.get().given == ALL
    assert browser.get(f"/connection/after/{meeting.pk}/").status_code == 302


def test_what_is_filled_in_is_kept_as_one_goes_and_found_again(pair: Pair) -> None:
    client, therapist = pair
    meeting, browser = met(client, therapist), signed_in(client)
    path, sent = f"/connection/after/{meeting.pk}/", form(revision="0")
    told = browser.post(f"{path}typed/", sent).json()
    assert told["revision"] == 1
    page = browser.get(path).content.decode()
    assert CANARY in page
    assert 'value="70" checked' in page
    behind = browser.post(f"{path}typed/", {**sent, "words": "From another tab."})
    assert behind.status_code == 409
    assert ConnectionDraft.objects.count() == 2
    browser.post(path, sent)
    assert not ConnectionDraft.objects.exists()
    assert browser.post(f"{path}typed/", form(words="", **dict.fromkeys(ALL, ""))).json()["revision"] == 0


def test_nothing_shows_before_a_guess_and_both_show_after_it(pair: Pair) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist))
    reader, path = signed_in(therapist), f"/care/{client.pk}/"
    paths = [f"{path}{page}" for page in ("", "brief/", "plan/", "charts/", "connection/", f"connection/{row.pk}/")] + ["/care/"]
    for each in paths:
        for headers in ({}, {"HX-Request": "true"}):
            page = reader.get(each, headers=headers).content.decode()
            assert not [word for word in REVEALED if word in page], each
    assert "guess first, or show" in reader.get(f"{path}brief/").content.decode()
    assert "You, guessing" not in signed_in(client).get(f"/connection/{row.pk}/").content.decode()
    answer = reader.post(f"{path}connection/{row.pk}/", {"heard": "50", "focus": "70", "way": "skip", "key": str(uuid4())})
    assert answer.status_code == 302
    beside = reader.get(answer["Location"]).content.decode()
    own = signed_in(client).get(f"/connection/{row.pk}/").content.decode()
    for page in (beside, own):
        assert 'class="said"' in page
        assert 'class="guessed"' in page
        assert "Where we saw it differently could be worth a minute." in page
    assert CANARY in beside
    assert {"connection guessed", "connection"} <= set(acts(client))


def test_on_the_timeline_it_is_there_and_says_how_it_was_only_once_open(pair: Pair) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist))
    path = f"/care/{client.pk}/"
    before = signed_in(therapist).get(f"{path}?show=connection").content.decode()
    assert "Guess first, or show" in before
    assert f"{path}connection/{row.pk}/" in before
    assert "8.0 of 10" not in before
    signed_in(therapist).post(f"{path}connection/{row.pk}/show/")
    after = signed_in(therapist).get(f"{path}?show=connection").content.decode()
    assert "8.0 of 10" in after
    other = ally(client, make_therapist()).therapist
    assert str(row.pk) not in signed_in(other).get(path).content.decode()
    assert f"{path}connection/{row.pk}/" in signed_in(therapist).get(path).content.decode()


def test_a_guess_changes_no_more_and_a_second_tab_is_told(pair: Pair) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist))
    reader, path = signed_in(therapist), f"/care/{client.pk}/connection/{row.pk}/"
    reader.post(path, {"heard": "50"})
    again = reader.post(path, {"heard": "80"}, follow=True)
    assert "It stays as it was." in again.content.decode()
    reader.post(f"{path}show/")
    assert Guess.objects.get().given == {"heard": 50}
    assert not Guess.objects.get().without


def test_looking_without_guessing_is_one_press_and_the_client_sees_it(pair: Pair) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist))
    reader, path = signed_in(therapist), f"/care/{client.pk}/connection/{row.pk}/"
    assert reader.get(f"{path}show/").status_code == 405
    assert reader.post(path, {"heard": "skip"}).status_code == 422
    assert reader.post(f"{path}show/").status_code == 302
    assert 'class="said"' in reader.get(path).content.decode()
    assert "looked at it without guessing first" in signed_in(client).get(f"/connection/{row.pk}/").content.decode()
    assert "connection shown" in acts(client)


@pytest.mark.parametrize("guessed", [True, False])
def test_taken_back_every_page_of_the_therapist_forgets_it(pair: Pair, guessed: bool) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist))
    reader, path = signed_in(therapist), f"/care/{client.pk}/"
    if guessed:
        reader.post(f"{path}connection/{row.pk}/", {"heard": "50"})
    assert signed_in(client).post(f"/connection/{row.pk}/take-back/").status_code == 302
    for method in ("get", "post"):
        assert getattr(reader, method)(f"{path}connection/{row.pk}/").status_code == 404
    assert reader.post(f"{path}connection/{row.pk}/show/").status_code == 404
    for page in ("", "brief/", "connection/"):
        shown = reader.get(f"{path}{page}").content.decode()
        assert not [word for word in (*REVEALED, "guess first, or show", str(row.pk)) if word in shown]


def test_nobody_else_finds_any_of_it(pair: Pair) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist))
    signed_in(therapist).post(f"/care/{client.pk}/connection/{row.pk}/show/")
    lead = make_therapist(is_lead=True)
    others = [lead, make_staff(), make_admin(), make_client(), ally(client, make_therapist()).therapist]
    for person in others:
        browser = signed_in(person)
        for path in (
            f"/connection/{row.pk}/",
            f"/care/{client.pk}/connection/{row.pk}/",
            f"/connection/after/{row.appointment_id}/",
        ):
            assert browser.get(path).status_code == 404
        for path in (
            f"/connection/{row.pk}/share/",
            f"/connection/{row.pk}/take-back/",
            f"/care/{client.pk}/connection/{row.pk}/show/",
        ):
            assert browser.post(path).status_code == 404
    Alliance.objects.filter(client=client, therapist=therapist).update(until=timezone.now())
    assert signed_in(therapist).get(f"/care/{client.pk}/connection/{row.pk}/").status_code == 404


def test_a_meeting_that_was_not_is_not_asked_about(pair: Pair) -> None:
    client, therapist = pair
    other = make_client()
    ally(other, therapist)
    meetings = [
        met(client, therapist, state="missed"),
        met(client, therapist, state="cancelled"),
        met(client, therapist, timezone.now() - timedelta(days=15)),
        met(client, make_therapist()),
        met(client, therapist, kind="consultation"),
        met(other, therapist),
        met(client, therapist, timezone.now() + timedelta(hours=2), state="booked", started_at=None, ended_at=None),
    ]
    browser = signed_in(client)
    for meeting in meetings:
        assert browser.get(f"/connection/after/{meeting.pk}/").status_code == 404
        assert browser.post(f"/connection/after/{meeting.pk}/", form()).status_code == 404


def test_after_a_dosing_session_it_is_offered_from_day_2_and_never_in_the_quiet_day(
    pair: Pair, clock: Callable[[str], Any]
) -> None:
    client, therapist = pair
    clock("2026-11-23T17:00:00Z")
    Alliance.objects.update(since=timezone.now() - timedelta(days=30))
    session = met(client, therapist, timezone.now(), "dosing")
    asked = met(client, therapist, timezone.now() - timedelta(days=1))
    browser, path = signed_in(client), f"/connection/after/{session.pk}/"
    assert "Nothing to do now" in browser.get(f"/connection/after/{asked.pk}/").content.decode()
    assert "Four lines" not in browser.get("/connection/").content.decode()
    assert "Four lines" not in browser.get("/today/").content.decode()
    for moment, status in (("2026-11-25T08:59:00Z", 404), ("2026-11-25T09:00:00Z", 200)):  # 04:00 in New York
        clock(moment)
        browser = signed_in(client)
        assert browser.get(path).status_code == status
    assert f"/connection/after/{session.pk}/" in browser.get("/connection/").content.decode()


def test_an_end_that_nobody_tapped_counts_half_an_hour_later(pair: Pair, clock: Callable[[str], Any]) -> None:
    client, therapist = pair
    clock("2026-11-25T17:29:00Z")
    Alliance.objects.update(since=timezone.now() - timedelta(days=30))
    booked_end = timezone.now() - timedelta(minutes=29)
    meeting = met(client, therapist, booked_end, state="booked", started_at=None, ended_at=None)
    assert signed_in(client).get(f"/connection/after/{meeting.pk}/").status_code == 404
    clock("2026-11-25T17:30:00Z")
    assert signed_in(client).get(f"/connection/after/{meeting.pk}/").status_code == 200


def test_pages_ask_as_often_for_one_as_for_a_dozen(pair: Pair) -> None:
    client, therapist = pair
    counts = []
    for days in ((1,), range(2, 13)):
        for back in days:
            said(client, met(client, therapist, timezone.now() - timedelta(days=back)))
        own, reader = signed_in(client), signed_in(therapist)
        counts.append([queries(own, "/connection/"), queries(reader, f"/care/{client.pk}/connection/")])
    assert counts[0] == counts[1]


def test_the_brief_says_what_is_worth_asking_about_once_it_is_open(pair: Pair) -> None:
    client, therapist = pair
    now = timezone.now()
    rows = [
        said(client, met(client, therapist, now - timedelta(days=9)), dict.fromkeys(ALL, 90)),
        said(client, met(client, therapist), {**dict.fromkeys(ALL, 90), "heard": 60}, with_words=False),
    ]
    reader = signed_in(therapist)
    for row in rows:
        assert "Worth asking about" not in reader.get(f"/care/{client.pk}/brief/").content.decode()
        reader.post(f"/care/{client.pk}/connection/{row.pk}/show/")
    page = reader.get(f"/care/{client.pk}/brief/").content.decode()
    assert "Worth asking about: heard was lower last time than before." in page
    assert "8.3 of 10, own median 9.0" in page
    assert CANARY not in page


def test_who_covers_meets_none_of_it_and_stands_on_the_clients_page(pair: Pair) -> None:
    client, therapist = pair
    row = said(client, met(client, therapist))
    signed_in(therapist).post(f"/care/{client.pk}/connection/{row.pk}/show/")
    other, start = make_therapist(display_name="Demo Other"), timezone.now() - timedelta(minutes=1)
    let_cover(client, other, Span(start, start + timedelta(days=3)), "Away with a cold until Monday", by=therapist)
    browser, path = signed_in(other), f"/care/{client.pk}/"
    for page in ("", "brief/"):
        shown = browser.get(f"{path}{page}").content.decode()
        assert not [word for word in (*REVEALED, "The two of you", str(row.pk)) if word in shown]
    for page in ("connection/", f"connection/{row.pk}/"):
        assert browser.get(f"{path}{page}").status_code == 404
    assert browser.post(f"{path}connection/{row.pk}/show/").status_code == 404
    own = signed_in(client).get("/connection/").content.decode()
    assert "Away with a cold until Monday" in own
    assert therapist.display_name in own
