"""The safety plan: every version stays, nobody writes over anybody, and the last part is the client's to keep."""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from koru.people.models import Person
from koru.safety import plan_drafts, planning
from koru.safety.plan_drafts import Typed
from koru.safety.plan_reading import own_plan, people_of, plan_for, version_for, versions_of
from koru.safety.plan_words import MATTERS, PlanLine, Words
from koru.safety.planning import ChangedMeanwhile, Writing
from koru.safety.plans import PlanDraft, PlanVersion, SafetyPlan
from koru.sealing.keyring import keyring
from tests.people import ally, make_client, make_clinic, make_therapist

CANARY = "my sister's red canary boat"


@dataclass
class Pair:
    rowan: Person
    wren: Person

    def keep(self, by: Person, base: int = 0, *, key: UUID | None = None, together: bool = False, **parts: str) -> PlanVersion:
        return planning.keep(self.rowan, Writing(words(**parts), base, key or uuid4(), together), by=by)


def words(**parts: str) -> Words:
    return {slug: tuple(PlanLine(line) for line in lines.split("|")) for slug, lines in parts.items()}


def make_pair() -> Pair:
    make_clinic()
    pair = Pair(make_client(), make_therapist())
    ally(pair.rowan, pair.wren)
    return pair


@pytest.fixture
def pair(db: None) -> Iterator[Pair]:
    with keyring():
        yield make_pair()


def own_version(pair: Pair, number: int) -> UUID:
    return PlanVersion.objects.get(client=pair.rowan, number=number).pk


def lines_of(plan: Any, slug: str) -> list[str]:
    return [line.words for line in plan.words.get(slug, ())]


def test_a_first_line_is_a_plan(pair: Pair) -> None:
    assert not own_plan(pair.rowan).is_begun
    pair.keep(pair.rowan, signs="I stop answering")
    plan = own_plan(pair.rowan)
    assert plan.is_begun
    assert lines_of(plan, "signs") == ["I stop answering"]


def test_a_form_sent_twice_is_one_version(pair: Pair) -> None:
    key = uuid4()
    assert pair.keep(pair.rowan, key=key, signs="One").pk == pair.keep(pair.rowan, key=key, signs="One").pk
    assert PlanVersion.objects.count() == 1


def test_a_form_gone_back_to_and_sent_with_other_words_is_another_version(pair: Pair) -> None:
    key = uuid4()
    pair.keep(pair.rowan, key=key, signs="One")
    pair.keep(pair.rowan, key=key, signs="Two")
    assert lines_of(own_plan(pair.rowan), "signs") == ["Two"]
    assert [one.number for one in versions_of(pair.rowan)] == [2, 1]


def test_the_same_words_again_change_nothing(pair: Pair) -> None:
    pair.keep(pair.rowan, signs="One")
    pair.keep(pair.rowan, base=1, signs="One|  |")
    assert PlanVersion.objects.count() == 1


def test_each_version_stays_to_be_read(pair: Pair) -> None:
    first = pair.keep(pair.rowan, signs="One")
    pair.keep(pair.rowan, base=1, signs="Two")
    assert lines_of(version_for(pair.rowan, first.pk, pair.rowan), "signs") == ["One"]


def test_the_database_refuses_to_change_a_version(pair: Pair) -> None:
    version = pair.keep(pair.rowan, signs="One")
    with pytest.raises(ProgrammingError), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(together=True)


def test_words_are_sealed(pair: Pair) -> None:
    pair.keep(pair.rowan, signs=CANARY, matters=CANARY)
    plan_drafts.save(pair.rowan, Typed(words(signs=CANARY), uuid4()), by=pair.rowan)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT words::text || matters::text FROM safety_planversion UNION ALL SELECT words::text FROM safety_plandraft"
        )
        stored = "".join(row[0] for row in cursor.fetchall())
    assert CANARY.encode().hex() not in stored
    assert len(stored) > 100


def test_what_somebody_kept_meanwhile_is_never_written_over(pair: Pair) -> None:
    pair.keep(pair.rowan, signs="One")
    pair.keep(pair.wren, base=1, signs="One|By Wren")
    with pytest.raises(ChangedMeanwhile) as met:
        pair.keep(pair.rowan, base=1, signs="One|By Rowan")
    assert met.value.current.by == pair.wren
    assert lines_of(own_plan(pair.rowan), "signs") == ["One", "By Wren"]
    pair.keep(pair.rowan, base=2, signs="One|By Wren|By Rowan")
    assert lines_of(own_plan(pair.rowan), "signs") == ["One", "By Wren", "By Rowan"]


def test_a_first_plan_begun_by_both_at_once_meets_too(pair: Pair) -> None:
    pair.keep(pair.wren, signs="By Wren")
    with pytest.raises(ChangedMeanwhile):
        pair.keep(pair.rowan, signs="By Rowan")


def test_a_last_part_kept_to_oneself_is_read_by_nobody_else_in_any_version(pair: Pair) -> None:
    pair.keep(pair.rowan, signs="One", matters=CANARY)
    assert lines_of(plan_for(pair.rowan, pair.wren), MATTERS) == [CANARY]
    planning.keep_matters_to_oneself(pair.rowan, by=pair.rowan)
    assert CANARY not in str(plan_for(pair.rowan, pair.wren))
    assert CANARY not in str(version_for(pair.rowan, own_version(pair, 1), pair.wren))
    assert lines_of(own_plan(pair.rowan), MATTERS) == [CANARY]


def test_a_therapist_who_cannot_see_the_last_part_leaves_it_as_it_was(pair: Pair) -> None:
    planning.keep_matters_to_oneself(pair.rowan, by=pair.rowan)
    pair.keep(pair.rowan, signs="One", matters=CANARY)
    pair.keep(pair.wren, base=1, signs="Two", matters="not theirs to write")
    plan = own_plan(pair.rowan)
    assert (lines_of(plan, "signs"), lines_of(plan, MATTERS)) == (["Two"], [CANARY])
    assert CANARY not in str(plan_for(pair.rowan, pair.wren))


def test_a_change_that_a_therapist_cannot_see_does_not_get_in_their_way(pair: Pair) -> None:
    planning.keep_matters_to_oneself(pair.rowan, by=pair.rowan)
    pair.keep(pair.rowan, signs="One", matters="A")
    pair.keep(pair.rowan, base=1, signs="One", matters=CANARY)
    pair.keep(pair.wren, base=1, signs="Two")
    assert lines_of(own_plan(pair.rowan), MATTERS) == [CANARY]


def test_sharing_the_last_part_again_leaves_what_it_said_before_to_oneself(pair: Pair) -> None:
    planning.keep_matters_to_oneself(pair.rowan, by=pair.rowan)
    pair.keep(pair.rowan, matters=CANARY)
    pair.keep(pair.rowan, base=1, matters="The sea")
    planning.share_matters(pair.rowan, waits=None, by=pair.rowan)
    assert lines_of(plan_for(pair.rowan, pair.wren), MATTERS) == ["The sea"]
    for number in (1, 2):
        assert lines_of(version_for(pair.rowan, own_version(pair, number), pair.wren), MATTERS) == []


def test_made_together_is_a_mark_of_a_version_and_stays_said(pair: Pair) -> None:
    pair.keep(pair.wren, together=True, signs="One")
    at = own_plan(pair.rowan).together_at
    assert at is not None
    pair.keep(pair.rowan, base=1, signs="Two")
    assert own_plan(pair.rowan).together_at == at


def test_people_with_a_number_can_be_called_from_elsewhere(pair: Pair) -> None:
    people = (PlanLine("Demo Ash", "+1 (212) 555-0123", "Can we talk?"), PlanLine("Nobody yet"))
    planning.keep(pair.rowan, Writing({"people": people}, 0, uuid4()), by=pair.rowan)
    (ash,) = people_of(pair.rowan)
    assert (ash.name, ash.href, ash.words) == ("Demo Ash", "tel:+12125550123", "Can we talk?")


def test_therapist_clinic_and_lines_stand_in_it_by_themselves(pair: Pair) -> None:
    (lines,) = [part for part in own_plan(pair.rowan).sections if part.section.slug == "lines"]
    names = [line.name for line in lines.filled_in]
    assert names[:2] == [pair.wren.display_name, "Demo Clinic"]
    assert any(line.href == "tel:988" for line in lines.filled_in)


def test_two_pages_with_one_key_keep_both_their_words(pair: Pair) -> None:
    key = uuid4()
    first = plan_drafts.save(pair.rowan, Typed(words(signs="One"), key), by=pair.rowan)
    assert first is not None
    plan_drafts.save(pair.rowan, Typed(words(signs="One two"), key, revision=first.revision), by=pair.rowan)
    behind = plan_drafts.save(pair.rowan, Typed(words(signs="One other"), key, revision=first.revision), by=pair.rowan)
    assert behind is not None
    assert behind.key != key
    assert PlanDraft.objects.count() == 2


def test_a_kept_form_takes_its_draft_along_and_no_other(pair: Pair) -> None:
    key = uuid4()
    plan_drafts.save(pair.rowan, Typed(words(signs="One"), key), by=pair.rowan)
    plan_drafts.save(pair.rowan, Typed(words(signs="Something else"), uuid4()), by=pair.rowan)
    pair.keep(pair.rowan, key=key, signs="One and more")
    assert [draft.lines["signs"][0].words for draft in PlanDraft.objects.all()] == ["Something else"]


def test_whoever_erases_a_client_takes_the_plan_along(pair: Pair) -> None:
    pair.keep(pair.rowan, signs="One")
    pair.rowan.delete()
    assert not SafetyPlan.objects.exists()
    assert not PlanVersion.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_meets_the_other() -> None:
    with keyring():
        pair = make_pair()
        pair.keep(pair.rowan, signs="One")
    together, told = Barrier(2), []

    def save(by: Person, line: str) -> None:
        try:
            with keyring():
                together.wait()
                pair.keep(by, base=1, signs=line)
            told.append("kept")
        except ChangedMeanwhile:
            told.append("met")
        finally:
            connection.close()

    threads = [Thread(target=save, args=one) for one in ((pair.rowan, "Rowan's"), (pair.wren, "Wren's"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["kept", "met"]
    assert PlanVersion.objects.count() == 2
