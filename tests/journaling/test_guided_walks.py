"""Walking a guide: left and taken up anywhere, one entry however many pages, each step its own sealed part."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journaling import drafts, library, setting_aside, walking
from journaling.drafts import Unfinished
from journaling.models import Draft, Entry, EntryPart, PromptSkip, Walk
from journaling.walking import Said, SaidElsewhere
from koru.people.models import Person
from koru.sealing.keyring import keyring
from tests.journaling.sittings import make_pair

pytestmark = pytest.mark.django_db
SHELF = library.load()
GUIDE = "first-steps"  # a text, then three prompts


@pytest.fixture
def rowan() -> Person:
    return make_pair()[0]


def say(walk: Walk, by: Person, text: str, prompt: str = "b-what-brings-me", step: int = 2, **how: int) -> EntryPart:
    return walking.say(walk, Said(step, SHELF.prompts[prompt], text, uuid4(), **how), by=by)


def url(walk: Walk, step: int, does: str = "") -> str:
    return f"/journal/walks/{walk.pk}/{step}/{does}"


def sent(text: str, prompt: str = "b-what-brings-me", **more: object) -> dict[str, object]:
    return {"text": text, "prompt": prompt, "key": str(uuid4()), "seen": 0, "revision": 0, **more}


def test_each_step_is_a_sealed_part_of_one_entry_which_reads_as_all_of_them(rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    say(walk, rowan, "Small mornings.", "b-keep-doing", 3)
    part = say(walk, rowan, "A canary by the river.")
    entry = Entry.objects.get()
    assert entry.text == "A canary by the river.\n\nSmall mornings."
    assert (entry.title, entry.share) == ("First steps", "only_me")
    assert [one.asked for one in entry.parts.all()] == [SHELF.prompts[slug].text for slug in ("b-what-brings-me", "b-keep-doing")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, asked FROM journaling_entrypart WHERE id = %s", [part.pk])
        assert all(b"canary" not in bytes(blob) and b"yes" not in bytes(blob) for blob in cursor.fetchone())


def test_a_walk_is_taken_up_at_the_same_step_for_fourteen_days_and_then_begins_anew(
    rowan: Person, clock: Callable[[str], object]
) -> None:
    clock("2026-11-01T12:00:00+00:00")
    walk = walking.begin(GUIDE, by=rowan)
    walking.go_to(walk, 3, by=rowan)
    say(walk, rowan, "It stays.")
    clock("2026-11-15T11:59:59+00:00")
    again = walking.begin(GUIDE, by=rowan)
    assert (again.pk, again.at_step) == (walk.pk, 3)
    clock("2026-11-15T12:00:00+00:00")
    anew = walking.begin(GUIDE, by=rowan)
    assert (anew.pk != walk.pk, anew.at_step, anew.entry) == (True, 1, None)
    assert Entry.objects.get().text == "It stays."


@pytest.mark.django_db(transaction=True)
def test_eight_pages_that_begin_and_speak_at_once_make_one_walk_one_entry_and_one_part() -> None:
    rowan = make_pair()[0]

    def tap(text: str) -> str:
        try:
            with keyring():
                walk = walking.begin(GUIDE, by=rowan)
                say(walk, rowan, text)
                return text
        except SaidElsewhere:
            return ""
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        kept = [text for text in pool.map(tap, [f"from page {number}" for number in range(8)]) if text]
    with keyring():
        assert (Walk.objects.count(), Entry.objects.count(), EntryPart.objects.count()) == (1, 1, 1)
        assert [EntryPart.objects.get().text] == kept


def test_a_second_device_never_writes_over_words_it_had_not_seen(rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    part = say(walk, rowan, "From the phone.")
    with pytest.raises(SaidElsewhere) as other:
        say(walk, rowan, "From the laptop.")
    assert (other.value.part, EntryPart.objects.get().text) == (part, "From the phone.")
    say(walk, rowan, "From the laptop, having seen it.", seen=part.revision)
    assert Entry.objects.get().text == "From the laptop, having seen it."
    assert [one.text for one in Entry.objects.get().revisions.all()] == ["From the phone."]


def test_two_devices_see_both_versions_side_by_side_and_may_keep_both(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    client.force_login(rowan)
    client.post(url(walk, 2), sent("From the phone."))
    late = client.post(url(walk, 2), sent("From the laptop."))
    page = late.content.decode()
    assert late.status_code == 409
    assert "From the phone." in page
    assert "From the laptop." in page
    assert Draft.objects.get().text == "From the laptop."
    key, revision = (re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("key", "revision"))
    assert key
    assert revision
    again = sent("From the laptop.", seen=1, both=1, key=key.group(1), revision=revision.group(1))
    assert client.post(url(walk, 2), again).status_code == 302
    assert Entry.objects.get().text == "From the phone.\n\nFrom the laptop."
    assert not Draft.objects.exists()


def test_a_double_tap_is_one_part_and_one_step(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    client.force_login(rowan)
    form = sent("Once.")
    for _ in range(2):
        assert client.post(url(walk, 2), form).headers["Location"] == url(walk, 3)
    assert [part.text for part in EntryPart.objects.all()] == ["Once."]
    assert Walk.objects.get().at_step == 3


def test_words_typed_on_one_device_wait_at_the_step_on_the_other(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    client.force_login(rowan)
    client.post(url(walk, 1), {})
    client.post("/journal/draft/", sent("Half a sen", about=str(walk.pk)))
    assert client.post(f"/journal/guides/{GUIDE}/begin/").headers["Location"] == url(walk, 2)
    assert "Half a sen</textarea>" in client.get(url(walk, 2)).content.decode()


@pytest.mark.parametrize("does", ["skip/", "back/", "leave/", "not-today/", "never/", "way/"])
def test_whichever_way_somebody_goes_what_they_typed_stays_at_the_step(client: Client, rowan: Person, does: str) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    client.force_login(rowan)
    assert client.post(url(walk, 2, does), sent("Not done yet", way="word")).status_code == 302
    assert [(draft.about, draft.text) for draft in Draft.objects.all()] == [(walk.pk, "Not done yet")]
    assert not Entry.objects.exists()


def test_a_save_that_arrives_after_its_step_was_kept_brings_no_draft_back(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    client.force_login(rowan)
    form = sent("The river was there.", about=str(walk.pk))
    client.post(url(walk, 2), form)
    late = client.post("/journal/draft/", {**form, "text": "The river was th"})
    assert late.json()["kept"]
    assert not Draft.objects.exists()


def test_leaving_says_that_it_waits_and_the_guide_offers_to_go_on(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    client.force_login(rowan)
    answer = client.post(url(walk, 3, "leave/"), {}, follow=True)
    page = answer.content.decode()
    assert "It waits at this step for 14 days." in page
    assert "Where you left it" in page
    assert Walk.objects.get().at_step == 3


def test_every_step_can_be_skipped_and_a_walk_without_words_leaves_nothing(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    client.force_login(rowan)
    steps = [client.post(url(walk, step, "skip/")).headers["Location"] for step in (1, 2, 3, 4)]
    assert steps == [url(walk, 2), url(walk, 3), url(walk, 4), "/journal/guides/"]
    assert not Entry.objects.exists()
    assert "Kept</h2>" not in client.get("/journal/guides/").content.decode()


def test_not_today_sets_the_prompt_aside_as_anywhere_and_the_guide_goes_on(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    client.force_login(rowan)
    assert client.post(url(walk, 2, "not-today/")).headers["Location"] == url(walk, 3)
    assert PromptSkip.objects.get().prompt == "b-what-brings-me"
    assert client.get(url(walk, 2)).headers["Location"] == url(walk, 3)
    assert "3 steps" not in client.get(url(walk, 3)).content.decode()
    assert ", 2 of 3" in client.get(url(walk, 3)).content.decode()


def test_every_step_that_asks_offers_what_a_prompt_offers_by_itself(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    client.force_login(rowan)
    offered = [
        re.findall(r"<button[^>]*>([^<]+)</button>", client.get(url(walk, step)).content.decode()) for step in (1, 2, 3, 4)
    ]
    opt_outs = {"Not today", "One word", "Draw", "Say it", "Never this one"}
    assert [opt_outs & {one.strip() for one in step} for step in offered] == [set(), opt_outs, opt_outs, opt_outs]


def test_never_this_one_holds_everywhere_and_the_guide_goes_on(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    client.force_login(rowan)
    assert client.post(url(walk, 2, "never/")).headers["Location"] == url(walk, 3)
    assert (PromptSkip.objects.get().prompt, PromptSkip.objects.get().what) == ("b-what-brings-me", "never")
    assert "b-what-brings-me" not in client.get("/journal/").content.decode()


def test_a_double_tap_on_not_today_sets_one_prompt_aside_and_words_stay_with_the_prompt_they_answer(
    client: Client, rowan: Person
) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    client.force_login(rowan)
    for _ in range(2):
        client.post(url(walk, 2, "not-today/"), {"prompt": "b-what-brings-me"})
    assert [skip.prompt for skip in PromptSkip.objects.all()] == ["b-what-brings-me"]
    client.post(url(walk, 2), sent("Typed on a page from before."))
    assert EntryPart.objects.get().prompt == "b-what-brings-me"


def test_a_finished_guide_is_a_keepsake_whose_steps_can_still_be_changed(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    client.force_login(rowan)
    client.post(url(walk, 2), sent("A word for later."))
    client.post(url(walk, 3, "skip/"))
    end = client.post(url(walk, 4), sent("", "b-tell-my-therapist"))
    assert end.headers["Location"] == f"/journal/walks/{walk.pk}/kept/"
    page = client.get(end.headers["Location"]).content.decode()
    assert "A word for later." in page
    assert SHELF.prompts["b-keep-doing"].text not in page
    answer = client.post(url(walk, 2), sent("Another word.", seen=1))
    assert answer.headers["Location"] == end.headers["Location"]
    assert "Another word." in client.get(end.headers["Location"]).content.decode()
    assert walking.begin(GUIDE, by=rowan).pk != walk.pk


def test_emptying_a_step_takes_its_part_back_and_the_last_one_the_entry(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    client.force_login(rowan)
    client.post(url(walk, 2), sent("One."))
    client.post(url(walk, 3), sent("Two.", "b-keep-doing"))
    client.post(url(walk, 2), sent("  ", seen=1))
    assert Entry.objects.get().text == "Two."
    client.post(url(walk, 3), sent("", "b-keep-doing", seen=1))
    assert Entry.objects.get().deleted_at is not None
    client.post(url(walk, 3), sent("Three.", "b-keep-doing"))
    assert [entry.text for entry in Entry.objects.filter(deleted_at=None)] == ["Three."]


def test_taps_without_a_script_become_words_of_the_part_and_are_ticked_again(client: Client, rowan: Person) -> None:
    walk = walking.begin("soft-landing", by=rowan)
    client.force_login(rowan)
    form = sent("By the window.", "a1-body-now", places=["chest"], feels=["hands:warm"], key=str(uuid4()))
    client.post(url(walk, 3), form)
    assert EntryPart.objects.get().text == "Body: chest · hands (warm)\n\nBy the window."
    page = client.get(url(walk, 3)).content.decode()
    for ticked in (
        'value="chest" data-tap="places" checked',
        'value="hands:warm" data-tap="feels" checked',
        "By the window.</textarea>",
    ):
        assert ticked in page


def test_a_made_up_tap_is_refused_and_everything_typed_is_there(client: Client, rowan: Person) -> None:
    walk = walking.begin("soft-landing", by=rowan)
    client.force_login(rowan)
    answer = client.post(url(walk, 3), sent("Mine.", "a1-body-now", places=["elbow"]))
    assert answer.status_code == 422
    assert "Mine.</textarea>" in answer.content.decode()
    assert Draft.objects.get().text == "Mine."


def test_too_long_is_said_and_kept_as_a_draft(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    client.force_login(rowan)
    answer = client.post(url(walk, 2), sent("x" * 100_001))
    assert answer.status_code == 422
    assert "Nothing is lost" in answer.content.decode()
    assert len(Draft.objects.get().text) == 100_001


def test_anothers_walk_is_not_there_in_any_way(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    say(walk, rowan, "Mine alone.")
    stranger = Person.objects.create(
        email="stranger@example.org", display_name="Demo Ash", role="client", zone="UTC", region="US"
    )
    client.force_login(stranger)
    assert client.get(f"/journal/walks/{walk.pk}/kept/").status_code == 404
    assert client.get(url(walk, 2)).status_code == 404
    for does in ("", "skip/", "back/", "leave/", "not-today/", "never/", "way/", "with/draw/"):
        assert client.post(url(walk, 2, does), sent("Not yours")).status_code == 404
    assert client.post("/journal/draft/", sent("Not yours", about=str(walk.pk))).status_code == 422
    assert not Draft.objects.exists()


def test_looking_at_a_guide_or_a_step_changes_nothing(client: Client, rowan: Person) -> None:
    client.force_login(rowan)
    client.get(f"/journal/guides/{GUIDE}/")
    assert not Walk.objects.exists()
    walk = walking.begin(GUIDE, by=rowan)
    before = Walk.objects.values().get()
    client.get(url(walk, 4))
    assert client.get(url(walk, 5)).status_code == 404
    assert client.get(url(walk, 10**30)).status_code == 404
    assert Walk.objects.values().get() == before


def test_the_list_of_guides_asks_as_much_with_thirty_kept_as_with_one(client: Client, rowan: Person) -> None:
    client.force_login(rowan)

    def asked_with(more: int) -> int:
        for _ in range(more):
            walk = walking.begin(GUIDE, by=rowan)
            say(walk, rowan, "Kept.")
            walking.come_to_the_end(walk, by=rowan)
        with CaptureQueriesContext(connection) as asked:
            client.get("/journal/guides/")
        return len(asked)

    one = asked_with(1)
    assert asked_with(29) == one


def test_a_draft_at_a_step_is_found_from_the_journal(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    drafts.save(Unfinished(uuid4(), text="Half", prompt="b-keep-doing", about=walk.pk), by=rowan)
    client.force_login(rowan)
    assert f'href="{url(walk, 3)}?draft={Draft.objects.get().pk}' in client.get("/journal/").content.decode()


def test_a_guide_that_ended_keeps_its_time(rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    ended = walking.come_to_the_end(walk, by=rowan).closed_at
    assert ended is not None
    assert timezone.now() - ended < timedelta(minutes=1)
    assert walking.come_to_the_end(walk, by=rowan).closed_at == ended


def test_a_guide_left_at_a_step_that_was_set_aside_since_goes_on_at_the_last_there_is(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    walking.go_to(walk, 4, by=rowan)
    setting_aside.never("b-tell-my-therapist", by=rowan)
    client.force_login(rowan)
    assert client.post(f"/journal/guides/{GUIDE}/begin/").headers["Location"] == url(walk, 3)


def test_a_guide_of_which_all_was_set_aside_says_so(client: Client, rowan: Person) -> None:
    for step in SHELF.guides["nothing-much"].steps:
        setting_aside.never(step.prompt, by=rowan)
    client.force_login(rowan)
    page = client.post("/journal/guides/nothing-much/begin/", follow=True)
    assert page.status_code == 200
    assert "You set aside all of this one." in page.content.decode()


def test_an_entry_of_a_guide_is_not_changed_as_a_whole(client: Client, rowan: Person) -> None:
    walk = walking.begin(GUIDE, by=rowan)
    entry = say(walk, rowan, "One part.").entry
    client.force_login(rowan)
    for answer in (client.get(f"/journal/{entry.pk}/edit/"), client.post(f"/journal/{entry.pk}/edit/", {"text": "As a whole."})):
        assert answer.headers["Location"] == f"/journal/walks/{walk.pk}/kept/"
    assert Entry.objects.get().text == "One part."


def test_another_way_at_a_step_keeps_what_was_typed_and_leaves_nothing_in_the_journal_yet(client: Client, rowan: Person) -> None:
    walk = walking.begin("soft-landing", by=rowan)
    client.force_login(rowan)
    answer = client.post(url(walk, 4, "way/"), sent("Half", "a1-no-words", way="draw"))
    assert answer.headers["Location"] == f"{url(walk, 4)}with/draw/?prompt=a1-no-words"
    assert client.get(answer.headers["Location"]).status_code == 200
    assert Draft.objects.get().text == "Half"
    assert not Entry.objects.exists()
