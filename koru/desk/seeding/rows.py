"""Values of a history as rows of the rooms' own models, ready to be saved in bulk. Sealed by their fields."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from journaling.library import load as library
from journaling.models import Entry
from koru.moments.spans import local_day
from koru.people.models import Person
from moodtracking.item_sets import load as item_set
from moodtracking.models import CheckIn
from scheduling.models import Appointment

from .chance import Chance
from .histories import Life, Told, Written, check_ins, entries


def check_in_rows(client: Person, life: Life, sessions: Sequence[Appointment], chance: Chance) -> Iterator[CheckIn]:
    for told in check_ins(life, chance):
        yield check_in_row(client, told, sessions, chance)


def check_in_row(client: Person, told: Told, sessions: Sequence[Appointment], chance: Chance) -> CheckIn:
    questions, after = item_set(), told.about is not None
    return CheckIn(
        id=chance.id_at(told.at),
        client=client,
        kind=CheckIn.Kind.SIDE_EFFECT if after else CheckIn.Kind.DAILY,
        about_appointment=sessions[told.about] if told.about is not None else None,
        at=told.at,
        recorded_at=told.at,
        zone=client.zone,
        local_date=local_day(told.at, ZoneInfo(client.zone), client.day_starts),
        answers=told.answers,
        tags=told.tags,
        note=told.note,
        item_set_version=questions.side_effects_version if after else questions.version,
        key=chance.key(),
    )


def entry_rows(client: Person, life: Life, chance: Chance) -> Iterator[Entry]:
    for written in entries(life, chance):
        yield entry_row(client, written, chance)


def entry_row(client: Person, written: Written, chance: Chance) -> Entry:
    return Entry(
        id=chance.id_at(written.at),
        client=client,
        title=written.title,
        text=written.text,
        prompt=written.prompt,
        asked=library().prompts[written.prompt].text if written.prompt else "",
        share=written.share,
        at=written.at,
        made_at=written.at,
        about_part="",
        zone=client.zone,
        local_date=local_day(written.at, ZoneInfo(client.zone), client.day_starts),
        key=chance.key(),
    )
