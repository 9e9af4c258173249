"""What a therapist chooses to write about: offered first, with their name, once; the client may say not this one."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journaling import library
from journaling.assigned import Assigned, Depth
from journaling.assigning import CannotAssign, Choice, assign, decline, done, minutes_of, set_depth, take_back
from journaling.chosen import assigned_to, depth_of, guide_minutes, prompt_named
from journaling.models import Entry
from journaling.offering import offer_for, standing_of
from journaling.writing import Written, keep
from koru.people.models import Person
from koru.privacy.door import NoSuchRecord, Record, open_record
from tests.care.world import make_pair, signed_in
from tests.people import make_client, make_staff, make_therapist

pytestmark = pytest.mark.django_db
Pair = tuple[Person, Person]
TENDER = next(one for one in library.load().prompts.values() if one.depth == 3)
QUESTION = Choice("question", question="What would you tell the sea?")


@pytest.fixture
def pair(db: None) -> Pair:
    return make_pair()


@contextmanager
def opened(client: Person, by: Person) -> Iterator[Record]:
    with open_record(client, by=by, why="plan") as record:
        yield record


def chosen(pair: Pair, choice: Choice = QUESTION, key: UUID | None = None) -> Assigned:
    client, therapist = pair
    with opened(client, therapist) as record:
        return assign(choice, record=record, key=key or uuid4(), by=therapist)


def deepened(pair: Pair, ceiling: int) -> None:
    with opened(*pair) as record:
        set_depth(ceiling, record=record, by=pair[1])


def test_a_question_is_offered_first_with_the_therapists_name_and_answered_once(pair: Pair) -> None:
    client, therapist = pair
    row = chosen(pair)
    offer = offer_for(client, timezone.now())
    assert offer
    assert offer.prompt.text == QUESTION.question
    assert offer.why == f"A question from {therapist.display_name}"
    entry = keep(Written("To the sea.", prompt=offer.prompt.slug), key=uuid4(), by=client)
    assert (entry.prompt, entry.asked) == (row.slug, QUESTION.question)
    assert assigned_to(client) == []
    following = offer_for(client, timezone.now())
    assert following is None or following.prompt.slug != row.slug


def test_a_prompt_of_any_phase_is_offered_when_it_was_chosen(pair: Pair) -> None:
    client, therapist = pair
    chosen(pair, Choice("prompt", "w-people-map"))
    offer = offer_for(client, timezone.now())
    assert offer
    assert offer.prompt.slug == "w-people-map"
    assert offer.why == f"Chosen for you by {therapist.display_name}"


def test_the_oldest_choice_comes_first(pair: Pair) -> None:
    first = chosen(pair, Choice("question", question="One?"))
    chosen(pair, Choice("question", question="Two?"))
    offer = offer_for(pair[0], timezone.now())
    assert offer
    assert offer.prompt.slug == first.slug


def test_the_whole_way_through_the_pages(pair: Pair) -> None:
    client, therapist = pair
    row = chosen(pair)
    browser = signed_in(client)
    page = browser.get("/journal/").content.decode()
    assert QUESTION.question in page
    assert "Not this one" in page
    asked = browser.get(f"/journal/new/?prompt={row.slug}").content.decode()
    assert QUESTION.question in asked
    assert therapist.display_name in asked
    data = {"prompt": row.slug, "text": "To the sea.", "key": str(uuid4()), "share": "my_therapist"}
    assert browser.post("/journal/new/", data).status_code == 302
    assert QUESTION.question in browser.get("/journal/").content.decode()
    entry = Entry.objects.get(client=client)
    assert QUESTION.question in signed_in(therapist).get(f"/care/{client.pk}/entries/{entry.pk}/").content.decode()
    assert QUESTION.question in signed_in(therapist).get(f"/care/{client.pk}/").content.decode()


@pytest.mark.parametrize("slug", ["asked-", "asked-x", "asked-\x00", "asked-0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a"])
def test_a_made_up_question_is_none(pair: Pair, slug: str) -> None:
    assert prompt_named(slug, pair[0]) is None
    assert signed_in(pair[0]).get("/journal/new/", {"prompt": slug}).status_code == 404


def test_somebody_elses_question_is_none(pair: Pair) -> None:
    row = chosen(pair)
    stranger = make_client()
    assert prompt_named(row.slug, stranger) is None
    assert not decline(row.pk, by=stranger)
    assert not done(row.slug, by=stranger)
    entry = keep(Written("Mine.", prompt=row.slug), key=uuid4(), by=stranger)
    assert (entry.prompt, entry.asked) == ("", "")
    assert assigned_to(pair[0])


def test_not_this_one_is_kept_and_not_today_only_waits(pair: Pair) -> None:
    client = pair[0]
    row, browser = chosen(pair), signed_in(pair[0])
    browser.post("/journal/not-today/", {"prompt": row.slug})
    assert [one.id for one in assigned_to(client)] == [row.pk]
    offer = offer_for(client, timezone.now())
    assert offer is None or offer.prompt.slug != row.slug
    assert browser.post(f"/journal/chosen/{row.pk}/decline/").status_code == 302
    row.refresh_from_db()
    assert row.declined_at
    assert not decline(row.pk, by=client)


def test_the_therapist_takes_it_back_and_what_was_written_stays(pair: Pair) -> None:
    client, therapist = pair
    row = chosen(pair)
    with opened(client, therapist) as record:
        assert take_back(row.pk, record=record, by=therapist)
        assert not take_back(row.pk, record=record, by=therapist)
    assert assigned_to(client) == []


def test_tender_prompts_wait_for_the_switch(pair: Pair) -> None:
    client = pair[0]
    with pytest.raises(CannotAssign, match="goes deep"):
        chosen(pair, Choice("prompt", TENDER.slug))
    deepened(pair, 3)
    chosen(pair, Choice("prompt", TENDER.slug))
    assert depth_of(client) == standing_of(client, timezone.now()).standing.ceiling == 3


def test_easy_ones_only_holds_back_questions_too(pair: Pair) -> None:
    chosen(pair)
    deepened(pair, 1)
    offer = offer_for(pair[0], timezone.now())
    assert offer is None or offer.prompt.depth == 1


@pytest.mark.parametrize(
    "choice",
    [
        Choice("prompt", "no-such"), Choice("guide", "b-three-words"), Choice("question", question="  "),
        Choice("question", "b-three-words", "And?"), Choice("prompt", "b-three-words", "And?"),
    ],
)  # fmt: skip
def test_what_is_no_choice_is_refused(pair: Pair, choice: Choice) -> None:
    with pytest.raises(CannotAssign):
        chosen(pair, choice)
    assert minutes_of(Choice("prompt", "no-such")) == 0


def test_five_wait_at_once_the_same_form_is_one_and_the_same_prompt_waits_once(pair: Pair) -> None:
    key = uuid4()
    assert chosen(pair, key=key).pk == chosen(pair, key=key).pk
    chosen(pair, Choice("prompt", "b-three-words"))
    with pytest.raises(CannotAssign, match="already"):
        chosen(pair, Choice("prompt", "b-three-words"))
    for number in range(3):
        chosen(pair, Choice("question", question=f"Demo {number}?"))
    with pytest.raises(CannotAssign, match="Five"):
        chosen(pair)


def test_only_their_own_therapist_chooses(pair: Pair) -> None:
    client = pair[0]
    for person, wrong in ((make_therapist(), NoSuchRecord), (make_staff(), CannotAssign), (client, CannotAssign)):
        with pytest.raises(wrong), opened(client, person) as record:
            assign(QUESTION, record=record, key=uuid4(), by=person)
        with pytest.raises(wrong), opened(client, person) as record:
            set_depth(3, record=record, by=person)
    assert not Assigned.objects.exists()
    assert not Depth.objects.exists()


def test_the_database_refuses_what_has_no_name_and_the_same_one_twice(pair: Pair) -> None:
    client, therapist = pair
    both = {"client": client, "assigned_by": therapist}
    for wrong in ({"kind": "prompt"}, {"kind": "question", "named": "b-three-words"}, {"kind": "song", "named": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assigned.objects.create(**both, **wrong, key=uuid4())
    Assigned.objects.create(**both, kind="prompt", named="x", key=uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        Assigned.objects.create(**both, kind="prompt", named="x", key=uuid4())


def test_the_question_is_sealed(pair: Pair) -> None:
    chosen(pair, Choice("question", question="A canary of the sea?"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT question FROM journaling_assigned")
        assert b"canary" not in bytes(cursor.fetchone()[0])


def test_the_journal_asks_as_often_for_one_as_for_five(pair: Pair) -> None:
    counts = []
    for more in (1, 4):
        for number in range(more):
            chosen(pair, Choice("question", question=f"Demo {more} {number}?"))
        browser = signed_in(pair[0])
        with CaptureQueriesContext(connection) as asked:
            browser.get("/journal/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_every_guide_takes_some_minutes() -> None:
    assert all(guide_minutes(slug) > 0 for slug in library.load().guides)
