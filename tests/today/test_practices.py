"""The practice on Today: one, with its reason; what was said of it changes what is offered next."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from koru.moments.spans import local_day
from koru.people.models import Person
from koru.practices.choosing import leave_out, suggest
from koru.practices.models import PracticeDone
from koru.practices.setting_aside import set_aside
from koru.safety.noticing import notice
from koru.today.page import today_of
from koru.today.practices import Fitting
from moodtracking.models import CheckIn
from scheduling.models import Appointment
from tests.care.world import appointment, make_pair, signed_in
from tests.practices.world import Pair, did, picked

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 25, 15, tzinfo=UTC)  # ten in New York


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


def told(client: Person, ago: timedelta = timedelta(minutes=5), tags: tuple[str, ...] = (), **answers: int) -> CheckIn:
    return noted(client, answers, ago, tags)


def noted(client: Person, answers: dict[str, int], ago: timedelta = timedelta(minutes=5), tags: tuple[str, ...] = ()) -> CheckIn:
    at = timezone.now() - ago
    day = local_day(at, ZoneInfo(client.zone), client.day_starts)
    return CheckIn.objects.create(
        client=client, at=at, recorded_at=at, zone=client.zone, local_date=day,
        answers=answers, tags=list(tags), item_set_version="1", key=uuid4(),
    )  # fmt: skip


def fitting(client: Person, minutes: str = "") -> Fitting:
    found = today_of(client, minutes).practice
    assert found
    return found


def offered(client: Person, minutes: str = "") -> str:
    found = fitting(client, minutes).suggestion
    return found.practice.slug if found else ""


def dosing(pair: Pair, starts_in: timedelta, state: str = "booked") -> Appointment:
    row = appointment(*pair, timezone.now() + starts_in, state)
    Appointment.objects.filter(pk=row.pk).update(kind="dosing")
    return row


def test_the_newest_check_in_of_the_last_day_decides_and_says_so(pair: Pair) -> None:
    client = pair[0]
    told(client, timedelta(hours=25), tension=4)
    earlier = fitting(client).suggestion
    assert earlier is None or earlier.why == "fits any day"
    told(client, timedelta(hours=3), tension=4)
    suggestion = fitting(client).suggestion
    assert suggestion
    assert suggestion.practice.slug == "three-breaths"
    page = signed_in(client).get("/today/").content.decode()
    assert "A practice that may fit today" in page
    assert "1 minute, because you noted feeling tense." in page
    assert "recommend" not in page
    told(client, timedelta(minutes=1), tags=("wired",), mood=0)
    assert offered(client) in ("shake-out",)


def test_a_tap_on_whether_it_helped_changes_what_is_offered(pair: Pair) -> None:
    client, browser = pair[0], signed_in(pair[0])
    told(client, tension=4)
    assert offered(client) == "three-breaths"
    browser.post("/practices/three-breaths/done/", {"helped": "harder", "key": str(uuid4())})
    second = offered(client)
    assert second in ("feet-on-floor", "hum")
    browser.post("/practices/unclench/done/", {"helped": "yes", "key": str(uuid4())})
    PracticeDone.objects.filter(practice="unclench").update(at=timezone.now() - timedelta(days=2))
    assert offered(client) == "unclench"
    row = PracticeDone.objects.get(practice="unclench")
    browser.post(f"/practices/done/{row.pk}/", {"helped": "not_really"})
    assert offered(client) == second


def test_why_this_one_says_each_line_in_words_and_what_speaks_against_it(pair: Pair) -> None:
    client = pair[0]
    picked(pair, "three-breaths")
    told(client, tension=4)
    did(client, "three-breaths", "yes")
    why = signed_in(client).get("/today/").content.decode().split("Why this one?")[1].split("</ul>")[0]
    said = ["Your therapist picked it for you", "Because you noted feeling tense", "Fits any day", "You said it helped before"]
    assert [words for words in said if words not in why] == []
    assert "You did it within a day (speaks against it)" in why


def test_not_this_one_brings_another_and_so_does_a_caution(pair: Pair) -> None:
    client = pair[0]
    told(client, energy=0)
    with time_machine.travel(MORNING, tick=False):
        told(client, energy=0)
        first = offered(client)
        set_aside(first, by=client)
        second = offered(client)
        assert second not in ("", first)
        picked(pair, "light-first")
        assert offered(client) == "light-first"
        leave_out(["strong-light"], by=client)
        assert offered(client) == second


def test_minutes_are_kept_to_and_odd_ones_are_no_matter(pair: Pair) -> None:
    client = pair[0]
    noted(client, {"symptom:rumination": 3})
    assert offered(client) in ("leaf-on-water", "worry-basket")
    assert offered(client, "2") in ("three-breaths", "weather-report")
    assert offered(client, "-1") == offered(client, "10") == offered(client)
    page = signed_in(client).get("/today/?minutes=2").content.decode()
    assert 'href="/today/?minutes=2#practice" aria-current="true"' in page


def test_a_therapists_pick_stands_first_with_their_name_and_sentence(pair: Pair) -> None:
    client, therapist = pair
    picked(pair, "kind-wish", "For the evenings you told me of.")
    page = signed_in(client).get("/today/").content.decode()
    assert f"{therapist.display_name} recommends" in page
    assert "For the evenings you told me of." in page


def test_on_the_first_day_after_only_short_and_gentle_ones_fit(pair: Pair) -> None:
    client = pair[0]
    with time_machine.travel(MORNING, tick=False):
        row = dosing(pair, timedelta(days=-1))
        Appointment.objects.filter(pk=row.pk).update(state="met", started_at=row.starts, ended_at=row.ends)
        told(client, energy=0, mood=-3)
        suggestion = fitting(client).suggestion
        assert suggestion
        assert suggestion.practice.gentle
        assert suggestion.practice.minutes <= 5


def test_while_a_session_runs_and_until_the_next_morning_none_is_offered(pair: Pair) -> None:
    dosing(pair, timedelta(minutes=-20))
    assert today_of(pair[0]).practice is None
    assert "practice" not in signed_in(pair[0]).get("/today/").content.decode()


def test_a_client_can_turn_suggestions_off(pair: Pair) -> None:
    suggest(False, by=pair[0])
    assert today_of(pair[0]).practice is None


def test_after_an_answer_about_harm_people_stand_first(pair: Pair) -> None:
    client = pair[0]
    assert not fitting(client).people_first
    row = noted(client, {"symptom:urge-to-harm": 1})
    assert fitting(client).people_first
    row.delete()
    notice(client, {"phq-9.item.9": 1}, about=None, by=client)
    assert fitting(client).people_first
    assert "People first" in signed_in(client).get("/today/").content.decode()


def test_the_same_one_stands_there_all_day(pair: Pair) -> None:
    client = pair[0]
    did(client, "three-breaths", "harder", timedelta(days=3))
    with time_machine.travel(MORNING, tick=False):
        told(client, tension=4)
        first = offered(client)
    with time_machine.travel(MORNING + timedelta(hours=9), tick=False):
        assert offered(client) == first


def test_settings_say_who_sees_and_whether_any_is_suggested(pair: Pair) -> None:
    client, therapist = pair
    browser: Client = signed_in(client)
    did(client, "hum", "yes")
    timeline = signed_in(therapist)
    assert "Practice: Hum" in timeline.get(f"/care/{client.pk}/").content.decode()
    assert browser.post("/settings/practices/", {"suggests": "on"})["Location"] == "/settings/#practices"
    assert "Practice: Hum" not in timeline.get(f"/care/{client.pk}/").content.decode()
    assert "Only you see this." in browser.get("/practices/hum/").content.decode()
    assert browser.post("/settings/practices/", {"suggests": "on", "shares": "on"}).status_code == 302
    assert "Practice: Hum" in timeline.get(f"/care/{client.pk}/").content.decode()
    assert timeline.post("/settings/practices/", {}).status_code == 404


def test_sharing_again_waits_within_a_day_of_a_session_and_says_until_when(pair: Pair) -> None:
    client = pair[0]
    browser = signed_in(client)
    browser.post("/settings/practices/", {"suggests": "on"})
    row = dosing(pair, timedelta(hours=-4))
    Appointment.objects.filter(pk=row.pk).update(state="met", started_at=row.starts, ended_at=row.ends)
    answer = browser.post("/settings/practices/", {"shares": "on"})
    assert answer.status_code == 422
    assert "Sharing more waits for a day after a session." in answer.content.decode()
    assert "Only you see this." in browser.get("/practices/hum/").content.decode()
