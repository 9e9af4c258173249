"""One picture beside "What matters to me" (clinical.md 5.5): added, kept to oneself with its section, taken out again."""

import base64
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person
from koru.privacy.door import Record
from koru.privacy.standing import Part
from koru.ui.pictures import Picture, seen

from .plans import PlanPicture, SafetyPlan

LONGEST_SIDE = 1280  # a page of a plan shows no more, and a device's own copy stays small
BARE = "default-src 'none'; sandbox"


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody has chosen for their picture: its words, and where else it goes with the plan."""

    words: str = ""
    on_device: bool = False
    in_print: bool = False


def drawn_anew(data: bytes, size: int) -> Picture:
    """What was sent, as it may be kept. Raises koru.ui.refused.Refused."""
    return seen(data, size, longest=LONGEST_SIDE)


@neither
@transaction.atomic
def put(client: Person, picture: Picture | None, choices: Choices, *, by: Person) -> None:
    """Keep a picture in the place of the one before, of which nothing stays; without a new one only what was chosen."""
    SafetyPlan.objects.bulk_create([SafetyPlan(client_id=client.pk)], ignore_conflicts=True)
    plan = SafetyPlan.objects.select_for_update().get(client=client)
    mine = PlanPicture.objects.filter(client=client)
    if picture:
        mine.delete()
        _place(plan, picture, choices)
    elif row := mine.defer("data").first():
        row.words, row.on_device, row.in_print = choices.words, choices.on_device, choices.in_print
        row.save(update_fields=["words", "on_device", "in_print"])


def _place(plan: SafetyPlan, picture: Picture, choices: Choices) -> None:
    PlanPicture.objects.create(
        plan=plan,
        client_id=plan.client_id,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        data=base64.b64encode(picture.data).decode(),
        words=choices.words,
        on_device=choices.on_device,
        in_print=choices.in_print,
        at=timezone.now(),
    )


@narrows
def take_out(client: Person, *, by: Person) -> bool:
    """It goes for good, from Koru at once. Whether there was one."""
    return bool(PlanPicture.objects.filter(client=client).delete()[0])


def own_picture(client: Person) -> PlanPicture | None:
    """One's own, without its bytes."""
    found: PlanPicture | None = PlanPicture.objects.filter(client=client).defer("data").first()
    return found


def picture_in(record: Record) -> PlanPicture | None:
    """That of an open record, without its bytes; None for whoever doesn't read the last section."""
    if not record.opens(Part.SAFETY_PLAN):
        return None
    hidden = SafetyPlan.objects.filter(client=record.client, matters_own=True).exists()
    return None if hidden and not record.is_own else own_picture(record.client)


def answered(picture: PlanPicture | None) -> HttpResponse:
    """The bytes, shown as nothing but a picture: no script, no frame, no guessing. Raises Http404 where there is none."""
    if picture is None:
        raise Http404
    ending = picture.media_type.split("/")[1]
    return HttpResponse(
        base64.b64decode(picture.data),
        content_type=picture.media_type,
        headers={
            "Content-Disposition": f'inline; filename="what-matters.{ending}"',
            "Content-Security-Policy": BARE,
            "Cache-Control": "no-store",
        },
    )


def inlined(picture: PlanPicture | None) -> str:
    """For the copy on a device, when its owner wants it there: the bytes within the page. Else nothing."""
    return f"data:{picture.media_type};base64,{picture.data}" if picture and picture.on_device else ""
