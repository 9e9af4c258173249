"""What a therapist reads of a filled-in measure, and that nobody else does."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from koru.care.story import story
from koru.moments.spans import Span
from koru.privacy.door import open_record
from koru.privacy.looks import looks_at
from moodtracking.measures.measuring import correct, finish
from moodtracking.measures.reading import latest_of, results_for
from moodtracking.measures.stopping import close_left
from tests.people import make_admin, make_client, make_staff, make_therapist

from .world import Pair, assigned, begun, filled, make_pair, signed_in, tell

pytestmark = pytest.mark.django_db
Clock = Callable[[str], time_machine.Traveller]
ALL = Span(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


@pytest.fixture
def pair(clock: Clock) -> Pair:
    clock("2026-10-21T15:00:00Z")
    made = make_pair()
    assigned(made)
    filled(made[0], [2, 2, 2, 2, 2, 2, 2, 3, 0])
    clock("2026-11-04T15:00:00Z")
    return made


def read(pair: Pair, ident: object) -> str:
    answer = signed_in(pair[1]).get(f"/care/{pair[0].pk}/measures/{ident}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_sentence_then_each_item(pair: Pair) -> None:
    row = filled(pair[0], [2, 2, 1, 2, 1, 2, 1, 0, 0])
    page = read(pair, row.pk)
    assert "PHQ-9 11 (moderate), 6 lower than 21 Oct: more than noise (bound 6)." in page
    assert "Feeling tired or having little energy" in page
    assert "3 before" in page, "item 8 fell by three"
    assert page.count("before</span>") == 1


def test_open_items_are_told_and_never_shown_as_nought(pair: Pair) -> None:
    row = filled(pair[0], [1, 1, 1, 1, None, 1, 1, 1, None])
    page = read(pair, row.pk)
    assert "(prorated from 7 of 9; items 5 and 9 left open)" in page
    assert page.count("Left open") == 3, "5, 9 and the tenth"


def test_both_answers_to_item_nine_are_told_with_their_times(pair: Pair) -> None:
    row = begun(pair[0])
    tell(row, {"1": 1, "9": 2})
    tell(row, {"9": 0})
    finish(row.pk, by=pair[0])
    page = read(pair, row.pk)
    assert "Item 9, 10:00 am: More than half the days" in page
    assert "Item 9, 10:00 am: Not at all" in page


def test_a_correction_and_the_original_both_stand(pair: Pair) -> None:
    old = filled(pair[0], [1] * 9)
    new = correct(old.pk, by=pair[0], key=uuid4())
    tell(new, {"9": 0})
    finish(new.pk, by=pair[0])
    assert "corrected this one later" in read(pair, old.pk)
    assert "This corrects" in read(pair, new.pk)
    with open_record(pair[0], by=pair[1], why="brief") as record:
        (line,) = results_for(record, ALL).values()
        (latest,) = latest_of(record)
    assert [one.total for one in line] == [17, 8]
    assert (latest.now.total, latest.change.points) == (8, -9)


def test_what_was_left_open_is_told_as_that_with_its_items_and_no_total(pair: Pair, clock: Clock) -> None:
    row = begun(pair[0])
    tell(row, {"1": 2, "9": 0})
    clock("2026-11-08T15:00:00Z")
    close_left(timezone.now())
    page = read(pair, row.pk)
    assert "begun on Wed 4 Nov and left open, no total" in page
    assert "More than half the days" in page
    own = signed_in(pair[0]).get(f"/measures/kept/{row.pk}/").content.decode()
    assert "What you answered is kept. Nothing is added up." in own
    assert "Correct it" not in own
    with open_record(pair[0], by=pair[1], why="brief") as record:
        (latest,) = latest_of(record)
    assert latest.now.total == 17, "what was left open is no result"


def test_the_look_is_on_the_clients_list(pair: Pair) -> None:
    row = filled(pair[0], [1] * 8)
    read(pair, row.pk)
    assert ("measure", str(row.pk)) in {(look.act, look.about) for look in looks_at(pair[0])}


def test_nobody_else_reads_it_and_an_unfinished_one_is_the_clients_alone(pair: Pair) -> None:
    row = filled(pair[0], [1] * 8)
    path = f"/care/{pair[0].pk}/measures/{row.pk}/"
    for person in (make_therapist(), make_staff(), make_admin(), make_client(), pair[0]):
        assert signed_in(person).get(path).status_code == 404
    correcting = correct(row.pk, by=pair[0], key=uuid4())
    assert signed_in(pair[1]).get(f"/care/{pair[0].pk}/measures/{correcting.pk}/").status_code == 404
    other = make_pair()
    assert signed_in(other[1]).get(f"/care/{other[0].pk}/measures/{row.pk}/").status_code == 404


def test_it_stands_on_the_timeline_with_the_way_to_its_items(pair: Pair) -> None:
    row = filled(pair[0], [1] * 8)
    with open_record(pair[0], by=pair[1], why="timeline") as record:
        first = next(iter(story(record, ALL)))
        assert (first.kind, first.words.title, first.words.body) == ("measure", "PHQ-9", "9 of 27, mild")
    page = signed_in(pair[1]).get(f"/care/{pair[0].pk}/").content.decode()
    assert f"/care/{pair[0].pk}/measures/{row.pk}/" in page


def test_forms_are_never_drawn_as_one_line(clock: Clock) -> None:
    clock("2026-09-01T15:00:00Z")
    pair = make_pair()
    for form, day in (("weekly", "2026-09-01"), ("monthly", "2026-10-08")):
        clock(f"{day}T15:00:00Z")
        assigned(pair, "pcl-5", "monthly", form=form)
        filled(pair[0], [1] * 20, "pcl-5")
    with open_record(pair[0], by=pair[1], why="brief") as record:
        assert len(results_for(record, ALL)) == 2
        (latest,) = latest_of(record)
    assert not latest.change.alike


def test_the_brief_says_what_was_asked_and_not_filled_until_it_is(pair: Pair, clock: Clock) -> None:
    def brief() -> str:
        return signed_in(pair[1]).get(f"/care/{pair[0].pk}/brief/").content.decode()

    assert "Asked now, not filled: PHQ-9." in brief()
    assert "Not filled:" not in brief()
    clock("2026-11-12T15:00:00Z")
    assert "Asked now" not in brief()
    assert "Not filled: PHQ-9, asked Wed 4 Nov." in brief()
    clock("2026-11-18T15:00:00Z")
    filled(pair[0], [1] * 9)
    assert "Not filled:" not in brief()


def test_when_it_was_asked_opened_and_finished_is_kept(pair: Pair, clock: Clock) -> None:
    clock("2026-11-05T15:00:00Z")
    row = begun(pair[0])
    tell(row, {"1": 1, "9": 0})
    clock("2026-11-06T16:30:00Z")
    finish(row.pk, by=pair[0])
    page = read(pair, row.pk)
    assert "Friday 6 November, 11:30 am" in page
    assert "Asked Wednesday 4 November, opened Thursday 5 November, 10:00 am" in page
