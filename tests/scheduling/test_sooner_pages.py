"""Something sooner on pages: a client's, a visitor's behind their link, the desk's. Without scripts; GET never acts."""

import re
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from koru.people.models import Person
from koru.reminders.models import Letter
from koru.reminders.rendering import rendered
from koru.sealing.keyring import keyring
from scheduling.cancelling import cancel
from scheduling.consultation import Talk, book_talk, kind_of_talk
from scheduling.models import Appointment, AvailabilityException, ConsultationRequest, SoonerOffer, SoonerWish
from scheduling.offering_sooner import offer_freed_times
from scheduling.waiting import Waits, wait_for_sooner
from tests.reminders.test_kinds import CLINICAL

from .practice import Practice, at, kind_of, queries
from .sooner import Line, line_of

Clock = Callable[[str], time_machine.Traveller]


@pytest.fixture
def line(practice: Practice) -> Line:
    return line_of(practice)


def web(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def tick() -> int:
    with keyring():
        return offer_freed_times(timezone.now())


def test_a_client_waits_is_offered_and_takes_it(line: Line) -> None:
    own = web(line.first)
    line.leave(line.first)
    later = line.appointments[line.first]
    assert "Something sooner?" in own.get(f"/sessions/{later.pk}/").content.decode()
    said = {"weekdays": ["1", "2"], "parts": ["morning"], "notice_hours": "24", "last_day": "2026-12-13"}
    answer = own.post(f"/sessions/{later.pk}/sooner/", said, follow=True).content.decode()
    assert "You are in line." in answer
    assert "Mondays and Tuesdays, in the morning, not after Sun 13 Dec" in answer
    line.leave(line.second)
    line.free()
    tick()
    assert "An earlier time is free" in own.get("/sessions/").content.decode()
    page = own.get("/sessions/sooner/").content.decode()
    assert "Monday 7 December, 10:00 am, New York time (EST)" in page
    assert "Instead of Monday 14 December" in page
    (made,) = SoonerOffer.objects.all()
    taken = own.post(f"/sessions/sooner/offers/{made.pk}/accept/")
    assert taken["Location"] == f"/sessions/{later.pk}/"
    assert "Monday 7 December" in own.get(taken["Location"]).content.decode()


def test_opening_pages_and_the_letters_link_answers_nothing(line: Line) -> None:
    line.free()
    tick()
    (made,) = SoonerOffer.objects.all()
    for method in ("get", "head"):
        for path in ("", f"offers/{made.pk}/accept/", f"offers/{made.pk}/pass/"):
            getattr(web(line.first), method)(f"/sessions/sooner/{path}", headers={"Sec-Purpose": "prefetch"})
    made.refresh_from_db()
    assert made.answer == ""


def test_let_go_and_too_late_are_said_kindly(line: Line, clock: Clock) -> None:
    line.free()
    tick()
    (made,) = SoonerOffer.objects.all()
    own = web(line.first)
    clock("2026-11-24T19:00:00Z")
    late = own.post(f"/sessions/sooner/offers/{made.pk}/accept/", follow=True).content.decode()
    assert "gone on to the next" in late
    tick()
    other = web(line.second)
    (second,) = SoonerOffer.objects.filter(answer="")
    assert "Your place in line stays" in other.post(f"/sessions/sooner/offers/{second.pk}/pass/", follow=True).content.decode()
    assert "You wait for" in other.get("/sessions/sooner/").content.decode()


@pytest.mark.parametrize(
    "odd",
    [
        {"weekdays": ["8"]},
        {"weekdays": ["x"]},
        {"parts": ["noon"]},
        {"notice_hours": "-1"},
        {"notice_hours": ""},
        {"first_day": "0001-01-01"},
        {"first_day": "9999-12-31"},
        {"first_day": "2026-12-10", "last_day": "2026-12-09"},
    ],
)
def test_odd_wishes_are_met_with_words_and_nothing_changes(line: Line, odd: dict[str, object]) -> None:
    own, later = web(line.first), line.appointments[line.first]
    before = SoonerWish.objects.values().get(client=line.first)
    answer = own.post(f"/sessions/{later.pk}/sooner/", {"notice_hours": "24", **odd})
    assert answer.status_code == 422
    assert SoonerWish.objects.values().get(client=line.first) == before


def test_stop_waiting_and_another_client_reaches_nothing(line: Line) -> None:
    wish = SoonerWish.objects.get(client=line.first)
    stranger = web(line.second)
    assert stranger.post(f"/sessions/sooner/{wish.pk}/stop/").status_code == 404
    assert stranger.post(f"/sessions/{line.appointments[line.first].pk}/sooner/", {"notice_hours": "24"}).status_code == 404
    assert "not in line any more" in web(line.first).post(f"/sessions/sooner/{wish.pk}/stop/", follow=True).content.decode()


def test_without_anything_booked_the_first_time_that_fits_is_waited_for(line: Line) -> None:
    newcomer = web(line.somebody())
    page = newcomer.get("/sessions/sooner/").content.decode()
    (link,) = re.findall(r'href="(/sessions/sooner/new/[^"]*)"', page)
    assert newcomer.get(link).status_code == 200
    newcomer.post(link, {"for": link.split("=")[1], "notice_hours": "24"})
    assert SoonerWish.objects.filter(about=None).count() == 1


@pytest.fixture
def talk(line: Line) -> ConsultationRequest:
    """A visitor's talk on 16 December in the morning; the hours of 9 December are added later."""
    with keyring():
        said = Talk(at("2026-12-16 10:00"), "video", "Demo Finch", "finch@example.org", "America/New_York")
        return book_talk(kind_of_talk(), said, key=line.freed.pk)


def test_a_visitor_waits_and_takes_it_by_their_one_link(line: Line, talk: ConsultationRequest) -> None:
    for one in (line.first, line.second):
        line.leave(one)
    stranger, path = Client(), f"/consultation/{talk.token}/sooner/"
    assert "Something sooner?" in stranger.get(f"/consultation/{talk.token}/").content.decode()
    assert "in line" in stranger.post(path, {"notice_hours": "24", "weekdays": ["3"]}, follow=True).content.decode()
    assert tick() == 0
    AvailabilityException.objects.create(
        therapist=line.practice.therapist, what="extra", on=at("2026-12-09 10:00").date(), opens="10:00", closes="11:00"
    )
    assert tick() == 1
    (made,) = SoonerOffer.objects.all()
    letter = Letter.objects.select_related("to").get(kind="waitlist-open")
    with keyring():
        words = rendered(letter, line.practice.clinic, timezone.now())
    assert path in words.text
    assert not CLINICAL.search(re.sub(r"https?://\S+", "", words.text))
    assert "Wednesday 9 December" in stranger.get(path).content.decode()
    held = Appointment.objects.get(request=talk, state="booked")
    answer = stranger.post(path, {"do": "take", "offer": str(made.pk)}, follow=True).content.decode()
    assert "Wednesday 9 December" in answer
    held.refresh_from_db()
    assert (held.starts, held.revision, held.state) == (made.start, 1, "booked")
    assert stranger.post(path, {"do": "take", "offer": "x"}).status_code == 404


def test_a_visitor_who_cancels_leaves_the_line(line: Line, talk: ConsultationRequest) -> None:
    path = f"/consultation/{talk.token}/sooner/"
    Client().post(path, {"notice_hours": "24"})
    assert SoonerWish.objects.filter(request=talk, ended_at=None).exists()
    with keyring():
        cancel(Appointment.objects.get(request=talk), by=None, reason="visitor")
    assert not SoonerWish.objects.filter(request=talk, ended_at=None).exists()
    assert "Pick a time" in Client().get(path).content.decode()


def test_the_desk_sees_the_line_and_what_fits_and_offers_by_hand(line: Line) -> None:
    desk = web(line.practice.staff)
    page = desk.get("/desk/sooner/").content.decode()
    assert page.index(line.first.display_name) < page.index(line.second.display_name)
    assert "2 people wait" in desk.get("/desk/").content.decode()
    wish = SoonerWish.objects.get(client=line.first)
    path = f"/desk/sooner/{wish.pk}/"
    assert "Nothing that fits is free just now." in desk.get(path).content.decode()
    line.free_tomorrow()
    page = desk.get(path).content.decode()
    assert "Offer Wed 25 Nov, 10:00 am" in page
    start, therapist = re.findall(r'name="(?:start|with)" value="([^"]*)"', page)[:2]
    answer = desk.post(path, {"start": start, "with": therapist}, follow=True).content.decode()
    assert f"Held for {line.first.display_name}" in answer
    assert "have an offer already" in desk.post(path, {"start": start, "with": therapist}, follow=True).content.decode()
    assert "Offered until" in desk.get("/desk/sooner/").content.decode()
    for odd in ({"start": "x", "with": therapist}, {"start": start, "with": "x"}, {}):
        assert desk.post(path, odd).status_code == 404
    assert "Taken off the list" in desk.post(f"{path}take-off/", follow=True).content.decode()


def test_the_line_asks_the_same_few_questions_however_long_it_is(line: Line) -> None:
    desk = web(line.practice.staff)
    two = queries(desk, "/desk/sooner/")
    wait_for_sooner(Waits(kind=kind_of("dosing")), by=line.somebody())
    assert queries(desk, "/desk/sooner/") == two
