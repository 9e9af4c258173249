"""The goodbye as a deed: opened once both agreed to come to an end, each step done or declined by name, then ended."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from koru.moments.directions import narrows, neither

from .consents import end_alliance
from .endings import OF_THE_THERAPIST, THEIRS, Ending, EndingStep, Farewell, Outcome, StepName
from .models import Alliance, Person
from .stages import Stage, stage_of


class CannotPart(ValueError):
    """It can't be done so; says why in words."""


class StepsOpen(CannotPart):
    """Steps that nobody has done or declined yet."""

    def __init__(self, names: Collection[StepName]) -> None:
        self.names = tuple(names)
        super().__init__(f"Still to say, done or left out: {', '.join(name.label.lower() for name in self.names)}.")


@neither
@transaction.atomic
def open_ending(client: Person, *, by: Person) -> Ending:
    """Begin the goodbye of a client with their therapist. Twice is once. Raises CannotPart before both agreed to it."""
    alliance = Alliance.objects.current().filter(client=client, therapist=by).select_for_update(no_key=True).first()
    if alliance is None:
        raise Http404
    stands: Ending | None = Ending.objects.open().filter(alliance=alliance).first()
    if stands:
        return stands
    stage = stage_of(client)
    if stage is None or stage.name != Stage.Name.FINISHING:
        raise CannotPart("First agree in the plan that you are coming to an end, together.")
    return Ending.objects.create(alliance=alliance, client=client, opened_by=by)


@neither
@transaction.atomic
def put_off(ending: Ending, *, by: Person) -> None:
    """Not yet after all. What was said to its steps, and the letter, stay unread with it."""
    current = _held(ending, by)
    current.put_off_at = timezone.now()
    current.save(update_fields=["put_off_at"])


@neither
@transaction.atomic
def take_step(ending: Ending, name: str, outcome: str, *, by: Person, about: UUID | None = None) -> EndingStep:
    """Say that a step is done or left out. Said again, the later word counts. Raises CannotPart, Http404.

    What is a client's to do, only they can say is done; what is a therapist's, only the therapist.
    """
    current = _held(ending, by)
    if name not in StepName.values or outcome not in Outcome.values:
        raise CannotPart("Pick one of those shown.")
    _may_say(current, StepName(name), Outcome(outcome), by)
    said = {"outcome": outcome, "by": by, "about": about, "at": timezone.now()}
    step, _ = EndingStep.objects.update_or_create(ending=current, name=name, defaults=said)
    return step


@neither
@transaction.atomic
def write_farewell(ending: Ending, words: str, *, by: Person) -> Farewell:
    """Keep the therapist's letter: the client reads it once the ending is finished."""
    current = _held(ending, by)
    if current.client == by:
        raise Http404
    said = {"client": current.client, "by": by, "words": words, "written_at": timezone.now()}
    letter = Farewell.objects.filter(ending=current).first() or Farewell(ending=current)
    for name, value in said.items():
        setattr(letter, name, value)
    letter.save()
    take_step(current, StepName.LETTER, Outcome.DONE, by=by)
    return letter


@neither
@transaction.atomic
def done_by_client(name: StepName, *, by: Person) -> None:
    """What a client has just done is noted in the goodbyes that are open. Without one nothing happens."""
    for ending in Ending.objects.open().filter(client=by):
        take_step(ending, name, Outcome.DONE, by=by)


@narrows
@transaction.atomic
def end_well(ending: Ending, *, by: Person) -> Ending:
    """End it: from this instant the record is closed to the therapist, and the letter is the client's. Raises StepsOpen."""
    current = _held(ending, by)
    if current.client == by:
        raise Http404
    missing = open_steps(current)
    if missing:
        raise StepsOpen(missing)
    current.ended_at = timezone.now()
    current.save(update_fields=["ended_at"])
    end_alliance(current.alliance, by=by, ended_as=Alliance.EndedAs.GOODBYE)
    if not Alliance.objects.current().filter(client=current.client_id).exists():
        Stage.objects.now().filter(client=current.client_id).update(until=current.ended_at)
    return current


def open_steps(ending: Ending) -> list[StepName]:
    """Those that nobody has done or declined, in their order."""
    said = set(EndingStep.objects.filter(ending=ending).values_list("name", flat=True))
    return [name for name in StepName if name not in said]


def farewell_to(client: Person) -> Farewell | None:
    """The newest letter that a client may read: delivered with the end, never before."""
    letters = Farewell.objects.filter(client=client, ending__ended_at__isnull=False).select_related("by", "ending")
    newest: Farewell | None = letters.order_by("-ending__ended_at").first()
    return newest


def _may_say(ending: Ending, name: StepName, outcome: Outcome, by: Person) -> None:
    own = by.pk == ending.client_id
    if own and name in OF_THE_THERAPIST:
        raise CannotPart("Your therapist says this one.")
    if not own and name in THEIRS and outcome == Outcome.DONE:
        raise CannotPart("They say it themselves once it is done. You can note that they leave it out.")
    if name == StepName.LETTER and outcome == Outcome.DONE and not Farewell.objects.filter(ending=ending).exists():
        raise CannotPart("Write the letter first.")


def _held(ending: Ending, by: Person) -> Ending:
    """The open ending, one deed at a time, for the two whose it is. Raises Http404 for anybody else, and once it is over.

    The alliance first, as whoever ends it without a goodbye holds it too.
    """
    mine = Alliance.objects.current().filter(pk=ending.alliance_id).select_for_update(no_key=True).first()
    if mine is None or by.pk not in (mine.client_id, mine.therapist_id):
        raise Http404
    rows = Ending.objects.open().select_related("client", "alliance").select_for_update(of=("self",), no_key=True)
    current: Ending | None = rows.filter(pk=ending.pk).first()
    if current is None:
        raise Http404
    return current
