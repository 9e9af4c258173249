"""The safety plan's pages: every button works without scripts, nothing typed is lost, and each reader sees what is theirs."""

from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from koru.privacy.models import AccessRow
from koru.safety import planning
from koru.safety.handling import close
from koru.safety.noticing import notice
from koru.safety.plan_reading import own_plan
from koru.safety.plan_words import PlanLine
from koru.safety.planning import Writing
from koru.safety.plans import PlanDraft, PlanVersion
from koru.sealing.keyring import keyring
from tests.care.world import signed_in
from tests.people import make_therapist

from .test_plan import CANARY, Pair, make_pair, words

pytestmark = pytest.mark.django_db
EDIT = "/safety-plan/edit/"


@pytest.fixture
def pair() -> Pair:
    with keyring():
        return make_pair()


def sent(base: int = 0, /, **lines: str) -> dict[str, Any]:
    """What the form posts: `signs_0="…"` is the first line of that section."""
    named = {f"{name.replace('_', '-')}{'' if name.count('_') > 1 else '-words'}": value for name, value in lines.items()}
    return {"base": base, "key": str(uuid4()), "revision": 0, **named}


def kept(pair: Pair, by: Any = None, **parts: str) -> PlanVersion:
    with keyring():
        return planning.keep(pair.rowan, Writing(words(**parts), own_plan(pair.rowan).number, uuid4()), by=by or pair.rowan)


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_before_anything_is_written_the_page_offers_a_start_and_the_lines_stand_there_already(pair: Pair) -> None:
    shown = page(signed_in(pair.rowan), "/safety-plan/")
    assert "Nothing is written yet." in shown
    assert 'href="tel:988"' in shown
    assert pair.wren.display_name in shown


def test_what_is_saved_stands_on_the_page(pair: Pair) -> None:
    browser = signed_in(pair.rowan)
    typed = sent(signs_0="I stop answering", people_0="Demo Ash", people_0_phone="+1 212 555 0123", people_0_say="Can we talk?")
    assert browser.post(EDIT, typed).status_code == 302
    shown = page(browser, "/safety-plan/")
    for said in ("I stop answering", "Call Demo Ash", 'href="tel:+12125550123"', "Can we talk?"):
        assert said in shown


def test_a_number_that_is_none_keeps_all_that_was_typed_and_says_so_beside_it(pair: Pair) -> None:
    browser = signed_in(pair.rowan)
    answer = browser.post(EDIT, sent(signs_0="Half a", people_0="Demo Ash", people_0_phone="12"))
    shown = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert 'href="#id_people-0-phone"' in shown
    for said in ("Half a", "Demo Ash", 'value="12"', "This doesn't look like a phone number"):
        assert said in shown
    assert "Half a" in page(browser, EDIT)
    assert not PlanVersion.objects.exists()


def test_a_thirteenth_line_is_told_apart_and_lost_to_nobody(pair: Pair) -> None:
    browser = signed_in(pair.rowan)
    answer = browser.post(EDIT, sent(**{f"signs_{place}": f"Line {place}" for place in range(13)}))
    assert answer.status_code == 422
    assert "A part holds twelve lines" in unescape(answer.content.decode())
    assert "Line 12" in page(browser, EDIT)


@pytest.mark.parametrize(
    ("button", "order"),
    [
        ("up:signs:1", ["B", "A", "C"]),
        ("down:signs:1", ["A", "C", "B"]),
        ("remove:signs:1", ["A", "C"]),
        ("up:signs:0", ["A", "B", "C"]),
        ("remove:signs:99", ["A", "B", "C"]),
        ("add:signs", ["A", "B", "C", ""]),
    ],
)
def test_lines_are_moved_added_and_removed_without_scripts_and_nothing_is_saved_by_it(
    pair: Pair, button: str, order: list[str]
) -> None:
    browser = signed_in(pair.rowan)
    answer = browser.post(EDIT, {**sent(signs_0="A", signs_1="B", signs_2="C", places_0="The lake"), "do": button})
    assert answer.status_code == 302
    shown = browser.get(answer["Location"].split("#")[0])
    rows = next(part.rows for part in shown.context["form"].sections if part.section.slug == "signs")
    assert [row.words.value() for row in rows][: len(order)] == order
    assert "The lake" in shown.content.decode()
    assert not PlanVersion.objects.exists()


def test_typing_is_kept_as_it_goes_along_and_gone_once_it_is_saved(pair: Pair) -> None:
    browser, typed = signed_in(pair.rowan), sent(signs_0="Half")
    told = browser.post("/safety-plan/draft/", typed).json()
    assert told["key"] == typed["key"]
    typed |= {"revision": told["revision"], "signs-0-words": "Half a line"}
    assert browser.post("/safety-plan/draft/", typed).json()["revision"] == told["revision"] + 1
    assert "Half a line" in page(browser, EDIT)
    browser.post(EDIT, typed)
    assert not PlanDraft.objects.exists()


def test_a_tab_that_was_behind_is_kept_apart(pair: Pair) -> None:
    browser, typed = signed_in(pair.rowan), sent(signs_0="One")
    told = browser.post("/safety-plan/draft/", typed).json()
    browser.post("/safety-plan/draft/", {**typed, "revision": told["revision"], "signs-0-words": "One, and more"})
    behind = browser.post("/safety-plan/draft/", {**typed, "revision": told["revision"], "signs-0-words": "One from elsewhere"})
    assert behind.status_code == 409
    assert behind.json()["key"] != typed["key"]
    shown = page(browser, EDIT)
    assert "One from elsewhere" in shown
    assert "isn’t saved yet" in shown


def test_words_of_two_who_write_at_once_stand_side_by_side(pair: Pair) -> None:
    kept(pair, signs="One")
    kept(pair, pair.wren, signs="One|By Wren")
    browser = signed_in(pair.rowan)
    answer = browser.post(EDIT, sent(1, signs_0="One", signs_1="By Rowan"))
    shown = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "By Wren" in shown
    assert "By Rowan" in shown
    form = answer.context["form"]
    again = {name: form[name].value() or "" for name in form.fields}
    assert browser.post(EDIT, again).status_code == 302
    assert page(browser, "/safety-plan/").count("By Rowan") == 1


def test_a_therapist_writes_in_it_and_the_client_can_see_that(pair: Pair) -> None:
    browser = signed_in(pair.wren)
    path = f"/care/{pair.rowan.pk}/safety-plan/"
    assert browser.post(f"{path}write/", {**sent(signs_0="Found together"), "together": "on"}).status_code == 302
    assert "Found together" in page(browser, path)
    own = page(signed_in(pair.rowan), "/safety-plan/")
    assert "Made together on" in own
    assert AccessRow.objects.filter(client=pair.rowan, actor=pair.wren, act="safety plan changed").exists()
    assert "wrote in your safety plan with you" in page(signed_in(pair.rowan), "/settings/who-looked/")


def test_a_last_part_kept_to_oneself_is_on_no_page_of_the_therapists(pair: Pair) -> None:
    kept(pair, signs="One", matters=CANARY)
    assert signed_in(pair.rowan).post("/safety-plan/keep-last-part/").status_code == 302
    path = f"/care/{pair.rowan.pk}/safety-plan/"
    browser = signed_in(pair.wren)
    for shown in (page(browser, path), page(browser, f"{path}write/")):
        assert CANARY not in shown
    answer = browser.post(f"{path}write/", sent(1, signs_0="Two", matters_0="mine now"))
    assert answer.status_code == 302
    assert CANARY in page(signed_in(pair.rowan), "/safety-plan/")


def test_who_does_not_work_with_the_client_finds_nothing(pair: Pair) -> None:
    kept(pair, signs="One")
    browser = signed_in(make_therapist())
    for path in ("", "write/"):
        assert browser.get(f"/care/{pair.rowan.pk}/safety-plan/{path}").status_code == 404


def test_a_clinical_lead_reads_it_through_an_open_flag_and_not_after(pair: Pair) -> None:
    kept(pair, signs="One")
    lead = make_therapist(is_lead=True)
    with keyring():
        (flag,) = notice(pair.rowan, {"phq-9.item.9": 2}, about=None, by=pair.rowan)
    flag.owner = lead
    flag.save()
    browser = signed_in(lead)
    assert "One" in page(browser, f"/care/flags/{flag.pk}/safety-plan/")
    assert browser.get(f"/care/{pair.rowan.pk}/safety-plan/").status_code == 404
    with keyring():
        close(flag.pk, "reached", "", by=lead)
    assert browser.get(f"/care/flags/{flag.pk}/safety-plan/").status_code == 404


def test_after_an_urgent_flag_it_is_shown_to_be_gone_through_once(pair: Pair) -> None:
    kept(pair, signs="One")
    browser = signed_in(pair.rowan)
    assert "Does your plan still fit?" not in page(browser, "/safety-plan/")
    with keyring():
        notice(pair.rowan, {"phq-9.item.9": 2}, about=None, by=pair.rowan)
    assert "Does your plan still fit?" in page(browser, "/safety-plan/")
    assert "To go through together" in page(signed_in(pair.wren), f"/care/{pair.rowan.pk}/safety-plan/")
    browser.post("/safety-plan/looked-through/")
    assert "Does your plan still fit?" not in page(browser, "/safety-plan/")


def test_the_page_with_help_shows_ones_own_people(pair: Pair) -> None:
    people = (PlanLine("Demo Ash", "+1 212 555 0123", "Can we talk?"),)
    with keyring():
        planning.keep(pair.rowan, Writing({"people": people}, 0, uuid4()), by=pair.rowan)
        (flag,) = notice(pair.rowan, {"phq-9.item.9": 2}, about=None, by=pair.rowan)
    shown = page(signed_in(pair.rowan), f"/help-first/{flag.pk}/")
    assert "Call Demo Ash" in shown
    assert 'value="plan">Open<' in shown


def test_the_copy_for_a_device_has_no_form_and_no_script(pair: Pair) -> None:
    kept(pair, signs=CANARY, matters="The sea")
    shown = page(signed_in(pair.rowan), "/safety-plan/copy/")
    assert CANARY in shown
    assert "The sea" in shown
    assert "<form" not in shown
    assert "<script" not in shown


def test_the_list_of_versions_asks_as_much_for_thirty_as_for_one(pair: Pair) -> None:
    browser = signed_in(pair.rowan)
    counts = []
    for upto in (1, 30):
        for turn in range(PlanVersion.objects.count(), upto):
            kept(pair, signs=f"Turn {turn}")
        page(browser, "/safety-plan/versions/")
        counts.append(queries(browser, "/safety-plan/versions/"))
    assert counts[0] == counts[1]


def queries(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        browser.get(path)
    return len(asked)


@pytest.mark.parametrize("odd", ["a\x00b", "\ud800", "\u202eabc", "🌿" * 50, "x" * 100_000, "one\ntwo"])
def test_odd_words_are_kept_or_refused_in_words(pair: Pair, odd: str) -> None:
    browser = signed_in(pair.rowan)
    body = urlencode(sent(signs_0=odd), errors="surrogatepass")
    answer = browser.post(EDIT, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (302, 422)
    assert browser.get(EDIT).status_code == 200


def test_a_plan_of_three_months_is_shown_once_more(pair: Pair) -> None:
    kept(pair, signs="One")
    pair.rowan.safety_plan.looked_at = timezone.now() - timedelta(days=91)
    pair.rowan.safety_plan.save()
    assert "three months" in page(signed_in(pair.rowan), "/safety-plan/")
