"""Nobody has looked in time: each minute the clock tells more people, each step once (clinical.md 5.4)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from koru.people.models import Alliance, Cover, Person, Role

from .clock import Hours, look_by
from .flags import Flag, FlagStep
from .handling import AlreadyClosed, hand_over
from .levels import Level
from .owning import owner_for
from .steps import note_step
from .telling import tell_more
from .working_time import clinic_hours

STEPS = {Level.URGENT: (1, 2, 4), Level.PROMPT: (1,), Level.ROUTINE: (1,)}
LAST = {level: len(times) for level, times in STEPS.items()}


def steps_due(level: Level, due: datetime, counted_from: datetime, hours: Hours, now: datetime) -> int:
    """How many steps of a flag have come. The first comes when it is due; the later ones are multiples of the wait. Pure."""
    later = (look_by(level, counted_from, hours, times=times) for times in STEPS[level][1:])
    return sum(moment <= now for moment in (due, *later))


def climb() -> int:
    """Take every step that has come. Safe to run twice, and by two beats. How many were taken."""
    now, hours = timezone.now(), clinic_hours()
    late = Flag.objects.overdue(now).values_list("pk", flat=True)
    return sum(_climb(flag_id, hours, now) for flag_id in late)


@transaction.atomic
def _climb(flag_id: UUID, hours: Hours, now: datetime) -> int:
    flags = Flag.objects.unseen().select_related("owner", "client").select_for_update(of=("self",), skip_locked=True)
    flag = flags.filter(pk=flag_id).first()
    if flag is None:
        return 0
    due = steps_due(Level(flag.level), flag.due_at, flag.counted_from, hours, now)
    taken = 0
    while flag.climbed < due:
        flag.climbed += 1
        taken += 1
        note_step(flag, FlagStep.What.CLIMBED, by=None)
        tell_more(flag)
    flag.save(update_fields=["climbed"])
    return taken


def hand_on(away: Collection[UUID]) -> int:
    """Give what is open to somebody who is there: its owner is away, has left, or works with the client no more."""
    with_client = Alliance.objects.current().filter(client=OuterRef("client"), therapist=OuterRef("owner"))
    covers = Cover.objects.current().filter(client=OuterRef("client"), therapist=OuterRef("owner"))
    with_them = Q(Exists(with_client)) | Q(Exists(covers))
    there = Q(owner__is_active=True, owner__role=Role.THERAPIST) & with_them & ~Q(owner__in=list(away))
    handed = 0
    for flag in Flag.objects.open().exclude(there).select_related("client", "owner"):
        owner = owner_for(flag.client, away)
        if owner.pk != flag.owner_id:
            handed += _handed(flag.pk, owner)
    return handed


def _handed(flag_id: UUID, owner: Person) -> int:
    try:
        hand_over(flag_id, owner, by=None)
    except AlreadyClosed:
        return 0
    return 1


@transaction.atomic
def look_before(flag_id: UUID, meeting: datetime) -> None:
    """A routine flag is looked at before client and therapist meet."""
    Flag.objects.unseen().filter(pk=flag_id, level=Level.ROUTINE, due_at__gt=meeting).update(due_at=meeting)
