"""A sick day: time closed at once, everybody listed, each seen to once, each told in one letter, nobody lost."""

from collections.abc import Callable
from datetime import date, time
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection
from django.http import Http404
from django.test import Client
from django.utils import timezone

from koru.people.clinic import the_clinic
from koru.people.models import Person
from koru.privacy.models import AccessRow
from koru.reminders.models import Letter
from koru.reminders.planning import UNSENT
from koru.reminders.rendering import rendered
from koru.sealing.keyring import keyring
from scheduling.absent import ChangedAlready, begin_absence, end_absence, if_unchanged
from scheduling.handing_over import hand_over
from scheduling.hours import add_days
from scheduling.models import Absence, Affected, Appointment, AvailabilityException, Skill
from scheduling.refusals import Refused
from tests.people import ally, cleared, make_client, make_staff, make_therapist
from tests.scheduling.practice import LONG_AGO, NEW_YORK, Practice, at, make_practice, queries, works

from .asked import talk_at

DAY = date(2026, 12, 1)


@pytest.fixture
def web(practice: Practice) -> Client:
    client = Client()
    client.force_login(practice.staff)
    return client


def other(practice: Practice, **known: bool) -> Person:
    """Another therapist with hours; with `works_with` one who works with the client too."""
    therapist = make_therapist(display_name="Demo Hazel")
    works(therapist)
    if known.get("works_with"):
        ally(practice.client, therapist, since=LONG_AGO)
    return therapist


def begin(web: Client, practice: Practice, **said: str) -> Absence:
    form = {"person": str(practice.therapist.pk), "first": "2026-12-01", "last": "", "opens": ""} | said
    assert web.post("/desk/away/", form).status_code == 302
    return Absence.objects.latest("begun_at")


def page(web: Client, absence: Absence) -> str:
    return web.get(f"/desk/away/{absence.pk}/").content.decode()


def do(web: Client, absence: Absence, made: Appointment, way: str) -> str:
    path = f"/desk/away/{absence.pk}/{made.pk}/"
    made.refresh_from_db()
    answer = web.post(path, {"way": way, "revision": made.revision}, follow=True)
    return answer.content.decode()


def ways(web: Client, absence: Absence, made: Appointment) -> list[str]:
    form = web.get(f"/desk/away/{absence.pk}/{made.pk}/").context["form"]
    return [value for value, _ in form.fields["way"].choices]


def told(made: Appointment, to: Person) -> list[str]:
    """The wording of each letter about a change that is on its way to them."""
    letters = Letter.objects.filter(UNSENT, about=made.pk, to=to, kind="appointment-changed")
    return [letter.context.get("variant", "") for letter in letters]


def test_their_time_is_closed_and_everybody_is_listed_in_order_and_nobody_is_told(practice: Practice, web: Client) -> None:
    late, early = practice.book(at("2026-12-01 14:00"), "integration"), practice.book(at("2026-12-01 09:30"), "follow-up")
    practice.book(at("2026-12-02 10:00"), "integration")
    letters = Letter.objects.count()
    absence = begin(web, practice)
    listed = page(web, absence)
    assert listed.index(str(early.pk)) < listed.index(str(late.pk))
    assert "0 of 2 settled" in listed
    assert Letter.objects.count() == letters
    with pytest.raises(Refused, match="open times"):
        practice.book(at("2026-12-01 11:00"), "integration")
    assert "Away, people to see to" in web.get("/desk/").content.decode()
    assert "Booked outside the hours" not in web.get("/desk/").content.decode()


def test_from_an_hour_on_leaves_the_morning(practice: Practice, web: Client) -> None:
    practice.book(at("2026-12-01 09:00"), "integration")
    practice.book(at("2026-12-01 12:30"), "integration")
    absence = begin(web, practice, opens="13:00", last="2026-12-02")
    assert "0 of 1 settled" in page(web, absence)
    assert list(AvailabilityException.objects.values_list("on", "opens")) == [(DAY, time(13)), (date(2026, 12, 2), None)]


def test_the_same_again_is_the_same_guide_and_more_days_widen_it(practice: Practice, web: Client) -> None:
    practice.book(at("2026-12-01 10:00"), "integration")
    first = begin(web, practice)
    practice.book(at("2026-12-02 10:00"), "integration")
    assert begin(web, practice) == first
    assert begin(web, practice, last="2026-12-02") == first
    assert Affected.objects.count() == 2
    assert AvailabilityException.objects.count() == 2


def test_only_who_works_with_a_client_may_take_them_and_any_therapist_a_visitors_talk(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-12-01 10:00"), "integration")
    talk = Appointment.objects.get(request=talk_at(at("2026-12-01 14:00")))
    Appointment.objects.filter(pk=talk.pk).update(therapist=practice.therapist)
    hazel = other(practice)
    absence = begin(web, practice)
    assert f"give {hazel.pk}" not in ways(web, absence, made)
    assert f"give {hazel.pk}" in ways(web, absence, talk)
    with pytest.raises(Http404), keyring():
        hand_over(made, hazel, by=practice.staff)
    ally(practice.client, hazel, since=LONG_AGO)
    assert ways(web, absence, made)[0] == f"give {hazel.pk}"
    Skill.objects.create(person=hazel, kind_id="consultation", part="lead")
    assert f"give {hazel.pk}" not in ways(web, absence, made)


def test_given_to_somebody_else_it_keeps_its_time_and_each_is_told_in_one_letter(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-12-01 10:00"), "integration")
    hazel = other(practice, works_with=True)
    absence = begin(web, practice)
    assert "Keeps its time, with Demo Hazel" in do(web, absence, made, f"give {hazel.pk}")
    made.refresh_from_db()
    assert (made.therapist, made.starts, made.revision) == (hazel, at("2026-12-01 10:00"), 1)
    assert told(made, practice.client) == ["somebody-else"]
    assert told(made, hazel) == ["given"]
    assert told(made, practice.therapist) == []
    letter = Letter.objects.filter(UNSENT, about=made.pk, to=practice.client, kind="appointment-changed").get()
    with keyring():
        words = rendered(letter, the_clinic(), timezone.now())
    assert "keeps its time" in words.text
    assert "Hazel" not in words.text + words.subject
    assert Letter.objects.filter(UNSENT, about=made.pk, kind="meeting-tomorrow").count() == 1
    assert "appointment handed over" in set(AccessRow.objects.filter(client_id=practice.client.pk).values_list("act", flat=True))
    assert "1 of 1 settled" in page(web, absence)


def test_cancelled_by_us_is_said_kindly_and_once(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-12-01 10:00"), "integration")
    absence = begin(web, practice)
    assert "Cancelled." in do(web, absence, made, "cancel")
    assert told(made, practice.client) == ["cancelled-by-us"]
    assert "this is settled already" in do(web, absence, made, "cancel")
    assert told(made, practice.client) == ["cancelled-by-us"]


def test_the_nearest_times_with_their_own_therapist_are_offered_and_can_be_had(practice: Practice, web: Client) -> None:
    made = practice.book(at("2026-12-01 10:00"), "integration")
    absence = begin(web, practice)
    (first, *_) = [way for way in ways(web, absence, made) if way.startswith("move ")]
    assert "Moved to" in do(web, absence, made, first)
    made.refresh_from_db()
    assert made.starts.astimezone(NEW_YORK).date() != DAY
    assert told(made, practice.client) == [""]


def test_a_call_is_noted_and_leaves_it_open_and_what_stays_is_settled(practice: Practice, web: Client) -> None:
    practice.client.phone = "+1 212 555 0199"
    practice.client.save()
    made = practice.book(at("2026-12-01 10:00"), "integration")
    absence = begin(web, practice)
    assert "+1 212 555 0199" in web.get(f"/desk/away/{absence.pk}/{made.pk}/").content.decode()
    assert f"Called by {practice.staff.display_name}" in do(web, absence, made, "call")
    assert "0 of 1 settled" in page(web, absence)
    assert "Stays as it is" in do(web, absence, made, "stay")
    assert "1 of 1 settled" in page(web, absence)
    assert "Away, people to see to" not in web.get("/desk/").content.decode()


def test_the_easy_ones_go_together_and_the_refused_one_is_said(practice: Practice, web: Client) -> None:
    hazel = other(practice, works_with=True)
    pair = [practice.book(at(f"2026-12-01 {hour}:00"), "integration") for hour in ("10", "14")]
    absence = begin(web, practice)
    easy = web.get(f"/desk/away/{absence.pk}/").context["guide"].easy
    give = [f"{line.it.pk} {line.fitting[0].pk} {line.it.revision}" for line in easy]
    assert len(give) == 2
    add_days(hazel, "away", DAY, DAY, by=practice.staff, opens=time(13))
    said = web.post(f"/desk/away/{absence.pk}/easy/", {"give": [*give, "x"]}, follow=True).content.decode()
    assert "1 keeps its time. That time has just been taken." in said
    assert [Appointment.objects.get(pk=one.pk).therapist for one in pair] == [hazel, practice.therapist]
    again = web.post(f"/desk/away/{absence.pk}/easy/", {"give": give[:1]}, follow=True).content.decode()
    assert "Somebody has just changed this one" in again
    assert told(pair[0], practice.client) == ["somebody-else"]


def test_here_after_all_opens_their_time_again_but_not_days_that_were_away_before(practice: Practice, web: Client) -> None:
    add_days(practice.therapist, "away", date(2026, 12, 2), date(2026, 12, 2), by=practice.staff)
    practice.book(at("2026-12-01 10:00"), "integration")
    absence = begin(web, practice, last="2026-12-03")
    for _ in range(2):
        web.post(f"/desk/away/{absence.pk}/back/")
    assert list(AvailabilityException.objects.values_list("on", flat=True)) == [date(2026, 12, 2)]
    assert "is here after all" in page(web, absence)
    assert practice.book(at("2026-12-03 10:00"), "integration")
    assert "Away, people to see to" not in web.get("/desk/").content.decode()


def test_a_time_that_passes_without_a_word_is_still_on_the_list(
    practice: Practice, web: Client, clock: Callable[[str], time_machine.Traveller]
) -> None:
    practice.book(at("2026-12-01 10:00"), "integration")
    absence = begin(web, practice)
    clock("2026-12-01T16:00:00Z")
    assert "Its time has passed" in page(web, absence)
    assert "0 of 1 settled" in page(web, absence)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"first": "2026-11-23"}, "From today on"),
        ({"last": "2026-11-30"}, "The end comes after the start."),
        ({"last": "2027-12-01"}, "Two months at most"),
        ({"person": ""}, "Who can&#x27;t be there"),
        ({"opens": "25:00"}, "Enter a time"),
    ],
)
def test_what_is_odd_is_said_and_nothing_is_closed(practice: Practice, web: Client, form: dict[str, str], words: str) -> None:
    said = {"person": str(practice.therapist.pk), "first": "2026-12-01", "last": "", "opens": ""} | form
    answer = web.post("/desk/away/", said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not AvailabilityException.objects.exists()


def test_only_the_desk_begins_and_ends_it(practice: Practice, web: Client) -> None:
    absence = begin(web, practice)
    for person in (practice.therapist, practice.client):
        with pytest.raises(Http404):
            begin_absence(practice.therapist, DAY, DAY, by=person)
        with pytest.raises(Http404):
            end_absence(absence, by=person)
    absence.refresh_from_db()
    assert absence.back_at is None


def test_the_guide_asks_one_more_for_each_who_could_keep_their_time(practice: Practice, web: Client) -> None:
    hazel = other(practice, works_with=True)
    practice.book(at("2026-12-01 10:00"), "integration")
    absence = begin(web, practice)
    few = queries(web, f"/desk/away/{absence.pk}/")
    for number in range(4):
        client = cleared(make_client(), date(2027, 12, 31))
        ally(client, practice.therapist, since=LONG_AGO)
        ally(client, hazel, since=LONG_AGO)
        start = at(f"2026-12-02 {10 + number}:00")
        practice.book(start, "integration", client=client, by=practice.staff)
    begin(web, practice, last="2026-12-02")
    assert queries(web, f"/desk/away/{absence.pk}/") == few + 4


def test_the_desk_counts_who_is_left_of_all_absences_at_once(practice: Practice, web: Client) -> None:
    practice.book(at("2026-12-01 10:00"), "integration")
    begin(web, practice)
    few = queries(web, "/desk/")
    for _ in range(3):
        therapist, client = make_therapist(), make_client()
        works(therapist)
        practice.book(at("2026-12-01 12:00"), "integration", client=client, by=practice.staff, therapist=therapist)
        begin(web, practice, person=str(therapist.pk))
    tasks = web.get("/desk/").content.decode()
    assert tasks.split("Away, people to see to")[1].split("</section>")[0].split("Consents")[0].split("1 left")[3:]
    assert queries(web, "/desk/") == few


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_desk_who_see_to_the_same_person_one_is_told(clock: Callable[[str], time_machine.Traveller]) -> None:
    clock("2026-11-24T17:00:00Z")
    practice = make_practice()
    made = practice.book(at("2026-12-01 10:00"), "integration")
    hazel = other(practice, works_with=True)
    begin_absence(practice.therapist, DAY, DAY, by=practice.staff)
    barrier, answers = Barrier(2), list[str]()

    def give(by: Person) -> None:
        barrier.wait()
        try:
            with keyring():
                if_unchanged(made.pk, 0, lambda it: hand_over(it, hazel, by=by))
            answers.append("done")
        except ChangedAlready:
            answers.append("told")
        finally:
            connection.close()

    threads = [Thread(target=give, args=(by,)) for by in (practice.staff, make_staff())]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["done", "told"]
    assert told(made, practice.client) == ["somebody-else"]
