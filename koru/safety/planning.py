"""What a client and their therapist do with a safety plan: write it, keep a part to oneself, go through it again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither, widens
from koru.moments.ids import new_id
from koru.people.models import Person

from .plan_drafts import let_go
from .plan_words import MATTERS, Words, tidy, to_rows, without
from .plans import PlanVersion, SafetyPlan


class ChangedMeanwhile(ValueError):
    """Somebody else has kept other words since this form was opened: `current` is what stands now."""

    def __init__(self, current: PlanVersion) -> None:
        super().__init__("changed meanwhile")
        self.current = current


class AskAgain(ValueError):
    """Within a day of a session more isn't shared: it is asked again at `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__("ask again")
        self.at = at


@dataclass(frozen=True, slots=True)
class Writing:
    """What a form brings: the lines, the version it began from, its key, and whether it was made together."""

    words: Words
    base: int
    key: UUID
    together: bool = False


@neither
@transaction.atomic
def keep(client: Person, writing: Writing, *, by: Person) -> PlanVersion:
    """Keep the plan as a new version; the ones before stay. The same words again change nothing.

    Raises ChangedMeanwhile when its newest version isn't the one that the form began from and reads otherwise. A therapist
    doesn't see a last section that the client keeps to themselves: it goes on as it was.
    """
    plan = _locked(client)
    latest = _version(plan, plan.number)
    words = tidy(_carried(plan, latest, writing.words, by))
    if latest and _is_kept(latest, words, writing):
        let_go(client, writing.key, words, by=by)
        return latest
    if latest and plan.number != writing.base and latest.key != writing.key and _reads_otherwise(plan, latest, writing.base, by):
        raise ChangedMeanwhile(latest)
    version = _add(plan, words, writing, by)
    let_go(client, writing.key, words, by=by)
    return version


@neither
@transaction.atomic
def looked_through(client: Person, *, by: Person) -> None:
    """It still fits, or not now: it isn't shown again until there is another reason."""
    plan = _locked(client)
    plan.looked_at = timezone.now()
    plan.save(update_fields=["looked_at"])


@narrows
@transaction.atomic
def keep_matters_to_oneself(client: Person, *, by: Person) -> None:
    """From now on only the client reads the last section, of every version."""
    plan = _locked(client)
    plan.matters_own = True
    plan.save(update_fields=["matters_own"])


@widens
@transaction.atomic
def share_matters(client: Person, *, waits: datetime | None, by: Person) -> None:
    """Let the therapist read the last section as it stands now; what it said before, kept to oneself, stays so.

    `waits`: when more may be shared again after a session (scheduling.resting), None for now. Raises AskAgain.
    """
    if waits:
        raise AskAgain(waits)
    plan = _locked(client)
    if not plan.matters_own:
        return
    plan.matters_own = False
    latest = _version(plan, plan.number)
    if latest:
        _add(plan, latest.lines(), Writing(latest.lines(), plan.number, new_id(), together=latest.together), by)
    plan.save(update_fields=["matters_own"])


def shown_matters(plan: SafetyPlan, version: PlanVersion, reader: Person) -> bool:
    """Whether this reader may read the last section of that version."""
    return reader.pk == version.client_id or not (plan.matters_own or version.matters_own)


def _locked(client: Person) -> SafetyPlan:
    """The client's plan, held until the deed is done; begun when there is none."""
    SafetyPlan.objects.bulk_create([SafetyPlan(client_id=client.pk)], ignore_conflicts=True)
    return SafetyPlan.objects.select_for_update().get(client=client)


def _version(plan: SafetyPlan, number: int) -> PlanVersion | None:
    found: PlanVersion | None = PlanVersion.objects.filter(plan=plan, number=number).first()
    return found


def _carried(plan: SafetyPlan, latest: PlanVersion | None, words: Words, by: Person) -> Words:
    """With the last section as it was, when this writer can't see it."""
    if latest is None or shown_matters(plan, latest, by):
        return words
    return {**words, MATTERS: latest.lines()[MATTERS]}


def _is_kept(latest: PlanVersion, words: Words, writing: Writing) -> bool:
    return tidy(latest.lines()) == words and (latest.together or not writing.together)


def _reads_otherwise(plan: SafetyPlan, latest: PlanVersion, base: int, by: Person) -> bool:
    """Whether this writer would see another plan now than the one they began from."""
    began = _version(plan, base)
    seen = {version: version.lines(matters=shown_matters(plan, version, by)) for version in (latest, began) if version}
    return began is None or tidy(seen[latest]) != tidy(seen[began])


def _add(plan: SafetyPlan, words: Words, writing: Writing, by: Person) -> PlanVersion:
    plan.number += 1
    plan.looked_at = timezone.now()
    plan.save(update_fields=["number", "looked_at"])
    key = new_id() if PlanVersion.objects.filter(client=plan.client_id, key=writing.key).exists() else writing.key
    return PlanVersion.objects.create(
        plan=plan,
        client_id=plan.client_id,
        number=plan.number,
        words=to_rows(without(words, MATTERS)),
        matters=to_rows({MATTERS: words.get(MATTERS, ())}),
        matters_own=plan.matters_own,
        together=writing.together,
        by=by,
        at=timezone.now(),
        key=key,
    )
