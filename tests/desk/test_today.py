"""The day at the desk: who is where, what is open, and the same number of questions however much there is."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from koru.desk.inviting import invite_by_letter
from koru.desk.open_tasks import open_tasks
from koru.people.consents import record_consent, withdraw_consent
from koru.people.models import Clearance, ClosedDay, Invitation
from koru.privacy.models import AccessRow
from koru.reminders.models import Letter
from koru.reminders.planning import Plan, Recipient, plan
from scheduling.models import Appointment, AppointmentKind, ConsultationRequest, Room, SoonerOffer, SoonerWish
from tests.people import ally, cleared, make_client, make_room, make_therapist
from tests.scheduling.practice import NEW_YORK, Practice, at, queries, works

from .asked import request_without_time, talk_at

NOON_TODAY = at("2026-11-24 12:00")


@pytest.fixture
def web(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.staff)
    return client


def crowd(practice: Practice, count: int) -> None:
    """So many clients with a session each, all papers open, and so many requests of each sort."""
    kind = AppointmentKind.objects.get(pk="dosing")
    for number in range(count):
        client, therapist = make_client(), make_therapist()
        room = make_room()
        ally(client, therapist)
        Appointment.objects.create(
            kind=kind,
            client=client,
            therapist=therapist,
            room=room,
            place="room",
            during=(NOON_TODAY, NOON_TODAY + timedelta(minutes=150)),
            before=0,
            after=0,
            padded=(NOON_TODAY, NOON_TODAY + timedelta(minutes=150)),
        )
        request_without_time(email=f"new{number}@example.org")
        met = request_without_time(email=f"met{number}@example.org", state="invited", owner=practice.staff)
        invite_by_letter(met.email, met.name, by=practice.staff, zone="America/New_York", about=met.pk)


def test_the_day_asks_the_same_with_one_and_with_thirty(practice: Practice, web: Client) -> None:
    pages = ("/desk/", "/desk/?by=room", "/desk/fresh/", "/desk/requests/", "/desk/clients/")
    crowd(practice, 1)
    few = [queries(web, page) for page in pages]
    crowd(practice, 30)
    assert [queries(web, page) for page in pages] == few


def test_a_clients_page_asks_the_same_however_long_their_record(practice: Practice, web: Client) -> None:
    path = f"/desk/clients/{practice.client.pk}/"
    practice.book(at("2026-12-01 10:00"))
    few = queries(web, path)
    for day in range(2, 20):
        practice.book(at(f"2026-12-{day:02d} 10:00"), "closing", by=practice.staff)
    assert queries(web, path) == few


def test_each_appointment_stands_under_its_therapist_with_its_room(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-11-27 10:00"))
    page = web.get("/desk/?day=2026-11-27").content.decode()
    assert f'<li class="block h1 m0 l2 n30 "><a class="busy dusk" id="at-{made.pk}" href="/desk/appointments/{made.pk}/"' in page
    assert practice.room.name in page
    assert "Friday 27 November" in page
    by_room = web.get("/desk/?day=2026-11-27&by=room").content.decode()
    track = by_room.split(f"<bdi>{practice.room.name}</bdi></h3>")[1].split("</section>")[0]
    assert f'id="at-{made.pk}"' in track


def test_who_sits_in_has_it_in_their_own_column_too(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-11-27 10:00"))
    second = make_therapist(display_name="Demo Alder")
    Appointment.objects.filter(pk=made.pk).update(second_person=second)
    page = web.get("/desk/?day=2026-11-27").content.decode()
    column = page.split("<bdi>Demo Alder</bdi></h3>")[1].split("</section>")[0]
    assert f'href="/desk/appointments/{made.pk}/"' in column
    assert "Sits in" in column
    assert "data-starts" not in column


def test_who_is_not_there_and_has_nobody_has_no_column(practice: Practice, web: Client) -> None:
    make_therapist(display_name="Demo Alder")
    assert "<bdi>Demo Alder</bdi></h3>" not in web.get("/desk/?day=2026-11-27").content.decode()
    ClosedDay.objects.create(clinic=practice.clinic, on="2026-11-27")
    closed = web.get("/desk/?day=2026-11-27").content.decode()
    assert "<bdi>Demo Alder</bdi></h3>" in closed


def test_a_day_begins_at_midnight_by_the_clinics_clock(practice: Practice, web: Client) -> None:
    works(practice.therapist, "17:00", "23:59")
    late = str(practice.book(at("2026-11-27 22:00"), "closing", by=practice.staff).pk)
    assert late in web.get("/desk/?day=2026-11-27").content.decode()
    assert late not in web.get("/desk/?day=2026-11-28").content.decode()


@pytest.mark.parametrize("day", ["", "yesterday", "2026-02-30", "0001-01-01", "9999-12-31", "\x00", "2026-11-24T10:00"])
def test_an_odd_day_is_today(web: Client, day: str) -> None:
    assert "The practice today" in web.get("/desk/", {"day": day}).content.decode()


def test_a_cancelled_one_is_gone_and_a_missed_one_says_so(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-11-27 10:00"))
    Appointment.objects.filter(pk=made.pk).update(state="missed")
    assert "Nobody came" in web.get("/desk/?day=2026-11-27").content.decode()
    Appointment.objects.filter(pk=made.pk).update(state="cancelled")
    assert str(made.pk) not in web.get("/desk/?day=2026-11-27").content.decode()


def test_a_hold_that_has_ended_is_gone(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-11-27 10:00"))
    Appointment.objects.filter(pk=made.pk).update(
        state="held", booked_at=timezone.now(), held_until=timezone.now() + timedelta(minutes=5)
    )
    assert "Held until 12:05 pm" in web.get("/desk/?day=2026-11-27").content.decode()
    Appointment.objects.filter(pk=made.pk).update(held_until=timezone.now())
    assert str(made.pk) not in web.get("/desk/?day=2026-11-27").content.decode()


def test_a_page_that_stands_open_gets_news_and_only_news(practice: Practice, web: Client) -> None:
    day = "day=2026-11-27"
    page = web.get(f"/desk/?{day}").content.decode()
    seen = page.split("seen=")[1].split('"')[0]
    assert web.get(f"/desk/fresh/?{day}&seen={seen}").status_code == 204
    practice.book(at("2026-11-27 10:00"))
    news = web.get(f"/desk/fresh/?{day}&seen={seen}")
    assert practice.client.display_name in news.content.decode()


def test_an_open_page_whose_session_has_ended_is_loaded_anew_and_leads_to_signing_in(practice: Practice) -> None:
    answer = Client().get("/desk/fresh/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Refresh"], answer.content) == (204, "true", b"")
    assert Client().get("/desk/fresh/").status_code == 302


def test_the_day_leaves_no_trace_in_anybodys_record(practice: Practice, web: Client) -> None:
    practice.book(at("2026-11-27 10:00"))
    before = AccessRow.objects.count()
    web.get("/desk/?day=2026-11-27")
    assert AccessRow.objects.count() == before


def titles(web: Client) -> str:
    page = web.get("/desk/").content.decode()
    return page.split('id="open"')[1].split("</section>")[0] if 'id="open"' in page else ""


def test_a_missing_way_home_is_the_first_line_within_twelve_hours(
    practice: Practice, web: Client, clock: Callable[[str], time_machine.Traveller]
) -> None:
    made = practice.book(at("2026-11-27 14:00"))
    assert "No way home yet" not in titles(web)
    clock("2026-11-27T07:30:00+00:00")
    assert titles(web).index("No way home yet") < titles(web).index("Consents to record")
    made.way_home, made.way_home_at = "Demo Lark", timezone.now()
    made.save()
    assert "No way home yet" not in titles(web)


def test_a_clearance_that_ends_or_falls_short_is_named(practice: Practice, web: Client) -> None:
    assert "Clearance" not in titles(web)
    cleared(practice.client, date(2026, 12, 5))
    assert "Ends Sat 5 Dec" in titles(web)
    practice.book(at("2026-12-01 10:00"))
    Clearance.objects.create(
        client=practice.client, prescriber_name="Demo", verdict="no", decided_on=date(2026, 11, 24), recorded_by=practice.staff
    )
    assert "No clearance, a session is booked" in titles(web)


def test_a_clearance_that_ends_before_a_booked_day_is_named_early(practice: Practice, web: Client) -> None:
    practice.book(at("2027-01-15 10:00"))
    cleared(practice.client, date(2027, 1, 14))
    assert "Ends Thu 14 Jan" in titles(web)
    cleared(practice.client, date(2027, 1, 15))
    assert "Clearance" not in titles(web)


def test_open_consents_are_counted(practice: Practice, web: Client) -> None:
    assert "3 of 4 open" in titles(web)
    withdraw_consent(practice.client, "treatment", by=practice.staff)
    assert "4 of 4 open" in titles(web)
    for kind in ("treatment", "privacy-notice", "app-use", "measures-and-check-ins"):
        record_consent(practice.client, kind, 1, "Demo words.", by=practice.staff)
    assert "Consents to record" not in titles(web)


def test_a_talk_that_is_over_asks_whether_it_was_held(
    practice: Practice, web: Client, clock: Callable[[str], time_machine.Traveller]
) -> None:
    talk_at(at("2026-11-25 10:00"))
    assert "Was the talk held?" not in titles(web)
    clock("2026-11-25T15:30:00+00:00")
    assert "Was the talk held?" in titles(web)


def test_letters_that_did_not_arrive_are_counted_without_addresses(practice: Practice, web: Client) -> None:
    invite_by_letter("aster@example.org", "Demo Aster", by=practice.staff, zone="America/New_York")
    Letter.objects.update(failed_at=timezone.now())
    assert "2 in two weeks" in titles(web)
    assert "aster@example.org" not in titles(web)


def test_an_unopened_link_becomes_a_task_after_its_note(practice: Practice, web: Client) -> None:
    invitation = invite_by_letter("aster@example.org", "Demo Aster", by=practice.staff, zone="America/New_York")
    assert "no account yet" not in titles(web)
    Invitation.objects.filter(pk=invitation.pk).update(made_at=timezone.now() - timedelta(days=4))
    assert "Link open until Tue 8 Dec" in titles(web)


def test_more_than_a_few_are_counted(practice: Practice, web: Client) -> None:
    for number in range(8):
        request_without_time(email=f"new{number}@example.org", key=uuid4())
    assert "and 3 more" in titles(web)


def test_a_closed_room_has_no_column(practice: Practice, web: Client) -> None:
    Room.objects.filter(pk=practice.room.pk).update(is_open=False)
    assert practice.room.name not in web.get("/desk/?by=room").content.decode()


def test_the_search_finds_by_name_and_address_and_takes_odd_words(practice: Practice, web: Client) -> None:
    other = make_client(display_name="Demo Zinnia", email="zinnia@example.org")
    for words in ("zinn", "ZINNIA@", " Demo Zinnia "):
        page = web.get("/desk/clients/", {"q": words}).content.decode()
        assert str(other.pk) in page
        assert str(practice.client.pk) not in page
    for odd in ("\x00", "%", "x" * 100_000, "\u202e", "\U0001f33f", "'; --"):
        assert web.get("/desk/clients/", {"q": odd}).status_code == 200
        assert web.get("/desk/book/", {"q": odd}).status_code == 200
    for page_number in ("0", "-1", "nine", "999"):
        assert web.get("/desk/clients/", {"page": page_number}).status_code == 200


def test_each_task_says_whose_since_when_and_the_one_next_step(
    practice: Practice, web: Client, clock: Callable[[str], time_machine.Traveller]
) -> None:
    request_without_time(name="Demo Teasel", owner=practice.staff)
    invite_by_letter("aster@example.org", "Demo Aster", by=practice.staff, zone="America/New_York")
    ConsultationRequest.objects.update(made_at=timezone.now() - timedelta(days=3))
    Invitation.objects.update(made_at=timezone.now() - timedelta(days=4))
    shown = {sort.title: sort.some[0] for sort in open_tasks(timezone.now(), NEW_YORK)}
    asked, invited = shown["New requests"], shown["Invited, no account yet"]
    assert (asked.owner, asked.age, asked.next) == (practice.staff.display_name, "3 days", "Offer a time")
    assert (invited.owner, invited.age, invited.next) == (practice.staff.display_name, "4 days", "Call them")
    consents = shown["Consents to record"]
    assert (consents.owner, consents.next) == (practice.therapist.display_name, "Go through them")
    page = titles(web)
    assert "waits 3 days" in page
    assert f'href="{asked.link.replace("&", "&amp;")}"' in page


def test_every_task_has_a_next_step_that_opens(practice: Practice, web: Client) -> None:
    crowd(practice, 2)
    cleared(practice.client, date(2026, 12, 1))
    invite_by_letter("aster@example.org", "Demo Aster", by=practice.staff, zone="America/New_York")
    Letter.objects.update(failed_at=timezone.now())
    Invitation.objects.update(made_at=timezone.now() - timedelta(days=4))
    ConsultationRequest.objects.filter(state="invited").update(come_back_on=timezone.now().date())
    tasks = [task for sort in open_tasks(timezone.now(), NEW_YORK) for task in sort.some]
    assert len(tasks) > 8
    for task in tasks:
        assert task.next
        assert web.get(task.link.split("#")[0]).status_code == 200


def test_a_letter_that_came_back_names_whom_it_was_for_and_not_the_address(practice: Practice, web: Client) -> None:
    asked = request_without_time(name="Demo Teasel")
    plan([Plan("consultation-closed", Recipient(asked.zone, address=asked.email), asked.pk, context={"path": "/"})])
    Letter.objects.update(failed_at=timezone.now())
    page = titles(web)
    assert "Demo Teasel" in page
    assert f'href="/desk/requests/{asked.pk}/contact/"' in page
    assert asked.email not in page


def test_who_waits_for_something_sooner_is_a_task_until_a_time_is_offered(practice: Practice, web: Client) -> None:
    kind, client = AppointmentKind.objects.get(pk="integration"), practice.client
    wish = SoonerWish.objects.create(client=client, kind=kind, therapist=practice.therapist, place="video")
    [shown] = [sort for sort in open_tasks(timezone.now(), NEW_YORK) if sort.title == "Waits for something sooner"]
    assert [(task.name, task.owner) for task in shown.some] == [(client.display_name, practice.therapist.display_name)]
    assert f'href="/desk/sooner/{wish.pk}/"' in titles(web)
    now = timezone.now()
    start, until = now + timedelta(days=2), now + timedelta(hours=2)
    SoonerOffer.objects.create(wish=wish, therapist=practice.therapist, start=start, made_at=now, until=until)
    assert "Waits for something sooner" not in titles(web)


def test_a_request_that_rests_is_no_task_until_its_day(
    practice: Practice, web: Client, clock: Callable[[str], time_machine.Traveller]
) -> None:
    request_without_time(come_back_on=date(2026, 11, 26))
    assert "New requests" not in titles(web)
    clock("2026-11-26T15:00:00Z")
    assert "To come back to today" in titles(web)
