"""The page with help: at once after the answer, without scripts, and back to exactly where they were."""

import re
from collections.abc import Callable
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client

from koru.people.models import Person
from koru.safety.first_help import path_for
from koru.safety.flags import Flag
from koru.safety.handling import acknowledge, close
from koru.safety.noticing import notice
from koru.safety.plan_words import PlanLine
from koru.safety.planning import Writing, keep
from koru.safety.ways_back import own_path
from tests.measures.world import assigned
from tests.people import make_client

from .flagged import SATURDAY, TUESDAY, House, local, steps, told

Clock = Callable[[str], object]
BACK = "/check-in/"


@pytest.fixture
def browser(client: Client, house: House) -> Client:
    client.force_login(house.rowan)
    return client


def page(browser: Client, flag: Flag) -> str:
    return browser.get(path_for([flag], BACK)).content.decode()


def call(browser: Client, flag: Flag, **posted: str) -> str:
    browser.post(f"/help-first/{flag.pk}/call-me/", {"number": "+1 212 555 0123", "best_time": "", "back": BACK, **posted})
    return str(Flag.objects.get(pk=flag.pk).call_words)


def test_people_to_reach_stand_before_everything_else(browser: Client, house: House) -> None:
    shown = page(browser, house.item9(1))
    first = [shown.index(words) for words in ("Call 988", "Text 988", "Call 911", "Your clinic", "carry on", "Please call me")]
    assert first == sorted(first)
    assert "You&#x27;re not alone with this." in shown


def test_the_clinic_says_by_when_it_looks_in_the_clients_own_time(browser: Client, house: House, clock: Clock) -> None:
    house.rowan.zone = "America/Denver"
    house.rowan.save()
    clock(TUESDAY)
    shown = page(browser, house.item9(2))
    assert "Somebody there will see your answer by Tue 17 Nov, 9:05 am." in shown
    assert "watched around the clock" in shown


def test_without_anybody_on_call_the_clinics_own_words_stand_there(browser: Client, house: House, clock: Clock) -> None:
    clock(SATURDAY)
    house.clinic.no_cover_words = "At weekends nobody there looks."
    house.clinic.save()
    flag = house.item9(2)
    assert "by Mon 23 Nov, 10:00 am." in page(browser, flag)
    assert "At weekends nobody there looks." in page(browser, flag)
    house.put_on_call(house.hazel)
    assert "At weekends" not in page(browser, flag)


def test_after_a_look_the_page_says_so_and_never_repeats_a_promise_that_was_not_kept(
    browser: Client, house: House, clock: Clock
) -> None:
    clock(TUESDAY)
    flag = house.item9(2)
    clock("2026-11-17T11:06:00-05:00")
    assert "Nobody there has looked yet" in page(browser, flag)
    acknowledge(flag.pk, by=house.wren)
    assert "Your therapist has seen this (Tue 17 Nov, 11:06 am)." in page(browser, flag)
    close(flag.pk, "reached", "", by=house.wren)
    assert "Your clinic has looked at this" in page(browser, flag)


def test_looking_at_the_page_changes_nothing(browser: Client, house: House) -> None:
    flag = house.item9(2)
    before = steps(flag)
    for _ in range(2):
        page(browser, flag)
    assert steps(flag) == before


def test_carrying_on_goes_back_and_is_kept(browser: Client, house: House) -> None:
    flag = house.item9(1)
    back = browser.post(f"/help-first/{flag.pk}/step/", {"what": "carried_on", "back": "/measures/phq-9/?item=9"})
    assert back["Location"] == "/measures/phq-9/?item=9"
    assert steps(flag)[-1] == "carried_on"


def test_opened_help_is_kept_once_and_which_line_is_not(browser: Client, house: House) -> None:
    flag = house.item9(1)
    for what in ("help", "plan", "help", "carried_on", "help"):
        answer = browser.post(f"/help-first/{flag.pk}/step/", {"what": what, "number": "988", "line": "988"})
        assert answer.status_code == (204 if what == "help" else 302)
    assert steps(flag)[-3:] == ["help", "plan", "carried_on"]
    noted = flag.steps.get(what="help")
    assert (noted.note, noted.outcome) == ("", "")


def test_each_way_to_reach_somebody_is_a_plain_link_that_can_be_noted(browser: Client, house: House) -> None:
    with_person(house)
    shown = page(browser, house.item9(1))
    ways = re.findall(r"<a [^>]*href=\"(?:tel|sms|https):[^>]*>", shown)
    assert len(ways) > 4
    assert all("data-help" in way for way in ways)
    assert not any("onclick" in way or "ping" in way for way in ways)


def test_ones_own_plan_stands_first_with_two_things_that_help(browser: Client, house: House) -> None:
    with_person(house)
    shown = page(browser, house.item9(1))
    first = [shown.index(words) for words in ("Your safety plan", "Run a bath", "Walk to the sea", "Call 988", "Call Demo Ash")]
    assert first == sorted(first)
    assert "A third thing" not in shown


def test_without_a_plan_people_stand_first_and_starting_one_comes_after(browser: Client, house: House) -> None:
    shown = page(browser, house.item9(1))
    assert shown.index("Call 911") < shown.index("Start one, two minutes")


def test_the_answer_to_item_nine_leads_straight_to_plan_people_and_a_call_without_scripts(browser: Client, house: House) -> None:
    with_person(house)
    assigned((house.rowan, house.wren))
    browser.post("/measures/phq-9/begin/", {"way": "one"})
    answer = browser.post("/measures/phq-9/?at=9", {"item-9": "1", "next": "1"}, follow=True)
    shown = answer.content.decode()
    assert (answer.status_code, len(answer.redirect_chain)) == (200, 1)
    wanted = ("Run a bath", "Call 988", "Somebody there will see your answer by", "Your number", "Please call me today</button>")
    places = [shown.index(words) for words in wanted]
    assert places == sorted(places)


def with_person(house: House) -> None:
    helps = ("Run a bath", "Walk to the sea", "A third thing")
    plan = {"alone": tuple(map(PlanLine, helps)), "people": (PlanLine("Demo Ash", "+1 212 555 0199"),)}
    keep(house.rowan, Writing(plan, 0, uuid4()), by=house.rowan)


@pytest.mark.parametrize("what", ["", "closed", "acknowledged", "raised", "x" * 100_000])
def test_no_other_step_can_be_made_up(browser: Client, house: House, what: str) -> None:
    flag = house.item9(1)
    before = steps(flag)
    assert browser.post(f"/help-first/{flag.pk}/step/", {"what": what}).status_code == 404
    assert steps(flag) == before


def test_please_call_me_today_is_urgent_with_number_and_time(browser: Client, house: House, clock: Clock) -> None:
    clock(TUESDAY)
    flag = house.item9(1)
    assert call(browser, flag, best_time="after 2 pm") == "+1 212 555 0123\nafter 2 pm"
    flag.refresh_from_db()
    assert (flag.level, flag.due_at) == (3, local("2026-11-17T11:05"))
    assert told(flag) == [house.wren, house.wren]
    assert "You asked for a call on Tue 17 Nov, 10:05 am." in page(browser, flag)


def test_asking_for_a_call_twice_rings_once(browser: Client, house: House) -> None:
    flag = house.item9(3)
    call(browser, flag)
    call(browser, flag)
    assert steps(flag).count("call") == 1
    assert told(flag) == [house.wren]


def test_asking_for_a_call_after_it_was_seen_asks_for_a_look_again(browser: Client, house: House) -> None:
    flag = house.item9(3)
    acknowledge(flag.pk, by=house.wren)
    call(browser, flag)
    flag.refresh_from_db()
    assert flag.state == "open"


def test_asking_for_a_call_after_closing_is_a_cause_of_its_own(browser: Client, house: House) -> None:
    flag = house.item9(3)
    close(flag.pk, "reached", "", by=house.wren)
    call(browser, flag)
    asked = Flag.objects.open().get()
    assert (asked.key, asked.call_words) == ("needs_help", "+1 212 555 0123\n")


@pytest.mark.parametrize("number", ["", "12", "call me\nplease", "x" * 100_000, "\x00", "\ud800 12345", "🌿"])
def test_an_odd_number_keeps_the_page_and_what_was_typed(browser: Client, house: House, number: str) -> None:
    flag = house.item9(1)
    posted = urlencode({"number": number, "best_time": "after 2 pm", "back": BACK}, errors="surrogatepass")
    kind = "application/x-www-form-urlencoded"
    again = browser.post(f"/help-first/{flag.pk}/call-me/", posted, content_type=kind)
    flag.refresh_from_db()
    if again.status_code == 422:
        assert "after 2 pm" in again.content.decode()
        assert "Call 988" in again.content.decode()
        assert flag.level == 2
    else:
        assert again.status_code == 302


def test_asking_the_clinic_for_help_asks_first_and_a_get_changes_nothing(browser: Client, house: House) -> None:
    assert browser.get("/ask-for-help/").status_code == 200
    assert not Flag.objects.exists()
    onward = browser.post("/ask-for-help/")
    flag = Flag.objects.get()
    assert (flag.key, flag.level) == ("needs_help", 3)
    assert onward["Location"] == path_for([flag], "/today/")
    assert "It&#x27;s good that you said so." in browser.get(onward["Location"]).content.decode()


def test_what_the_clinic_was_told_can_be_found_again_with_how_it_stands(browser: Client, house: House) -> None:
    flag = house.item9(1)
    acknowledge(flag.pk, by=house.wren)
    shown = browser.get("/ask-for-help/").content.decode()
    assert f"/help-first/{flag.pk}/" in shown
    assert "Your therapist has seen this" in shown
    assert "PHQ" not in shown


def test_help_now_leads_to_asking_and_asks_nothing_itself(browser: Client, house: House) -> None:
    assert 'href="/ask-for-help/"' in browser.get("/help-now/").content.decode()


def test_nobody_else_finds_the_page(client: Client, house: House) -> None:
    flag = house.item9(1)
    for somebody in (make_client(), house.wren, house.hazel):
        client.force_login(somebody)
        assert client.get(f"/help-first/{flag.pk}/").status_code == 404
        assert client.post(f"/help-first/{flag.pk}/call-me/", {"number": "12345678"}).status_code == 404


def test_the_address_says_nothing_about_the_answer(house: House) -> None:
    path = path_for([house.item9(3)], BACK)
    assert not any(word in path for word in ("phq", "item", "9_", "urgent", "harm"))


def test_help_opens_for_what_asks_for_it_and_for_nothing_else(house: House) -> None:
    def flags(**facts: float) -> tuple[Flag, ...]:
        return notice(house.rowan, facts, about=uuid4(), by=house.rowan)

    assert path_for((), BACK) == ""
    assert path_for(flags(**{"phq-9.total": 24}), BACK) == ""
    assert path_for(flags(**{"side-effect.strong": 1}), BACK) == ""
    assert path_for(flags(**{"check-in.symptom:urge-to-harm": 1}), BACK).startswith("/help-first/")


@pytest.mark.parametrize("way", ["/check-in/", "/measures/phq-9/?item=9", "/journal/"])
def test_ways_back_are_paths_of_our_own(way: str) -> None:
    assert own_path(way) == way


@pytest.mark.parametrize(
    "way",
    [
        "",
        "check-in",
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/a\nb",
        "/" + "a" * 400,
    ],
)
def test_a_way_back_that_is_none_leads_to_today(way: str) -> None:
    assert own_path(way) == "/today/"


def test_it_works_for_whoever_has_no_phone_kept(browser: Client, house: House) -> None:
    assert isinstance(house.rowan, Person)
    assert 'name="number"' in page(browser, house.item9(1))
