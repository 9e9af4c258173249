"""What a client's own entry page says about giving: who could read it since when, its passages, marks, and who has looked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from koru.moments.spans import local_day
from koru.people.clinic import the_clinic
from koru.people.models import Person
from koru.people.readers import readers_of
from koru.privacy.looks import looks_at
from koru.privacy.raising import raising_words
from koru.safety.flags import Flag
from koru.safety.standing import open_flags
from koru.ui.times import spoken_day, spoken_instant
from scheduling.resting import waits_for

from . import library
from .dating import PARTS, WHOLE_DAY
from .hearing import Said, said_of_passages
from .held import Passage
from .holding import raised_about
from .models import Entry, ShareChange
from .sharing import ONLY_ME, SHARED
from .tags import words_on

LOOK = "asked_to_look"


@dataclass(frozen=True, slots=True)
class Given:
    """A passage with how it stands, in words, who has read it, and what they said of that."""

    passage: Passage
    says: str
    reads: tuple[str, ...]
    heard: tuple[Said, ...] = ()

    @property
    def is_given(self) -> bool:
        return self.passage.shared_at is not None and self.passage.taken_back_at is None


def around(entry: Entry) -> dict[str, object]:
    """What the page shows beside the words."""
    client = entry.client
    given = given_of(entry)
    return {
        "given": [one for one in given if one.passage.taken_back_at is None],
        "given_before": [one for one in given if one.passage.taken_back_at is not None],
        "history": list(history_of(entry)),
        "raised": raised_about(entry),
        "looking": asked_to_look(entry),
        "clinic": the_clinic(),
        "tags": words_on(entry),
        "is_private": entry.share == ONLY_ME,
        "raising": raising_words(),
        "first_share": not has_shared(client),
        "about_words": about_words(entry),
    }


def about_words(entry: Entry) -> str:
    """ "Written Wednesday 18 Nov about Tuesday 17 Nov, in the evening"; nothing when it is about the moment of writing."""
    if not entry.about_part:
        return ""
    written = local_day(entry.made_at, ZoneInfo(entry.zone), entry.client.day_starts)
    part = "" if entry.about_part == WHOLE_DAY else f", {PARTS[entry.about_part][0].lower()}"
    year = "" if entry.local_date.year == written.year else f" {entry.local_date.year}"
    return f"Written {spoken_day(written)} about {spoken_day(entry.local_date)}{year}{part}"


def has_shared(client: Person) -> bool:
    """Whether they have ever shared anything they wrote: what sharing means is said before the first time."""
    shared: bool = ShareChange.objects.filter(by=client, became__in=SHARED).exists()
    return shared or Passage.objects.filter(client=client).given().exists()


def history_of(entry: Entry) -> Iterator[str]:
    """Who could read it since when, oldest first."""
    zone, changes = ZoneInfo(entry.client.zone), list(ShareChange.objects.filter(entry=entry))
    first = changes[0].was if changes else entry.share
    yield f"From {spoken_instant(entry.made_at, zone)}: {_level(first)}"
    for change in changes:
        yield f"From {spoken_instant(change.at, zone)}: {_level(change.became)}"


def given_of(entry: Entry) -> list[Given]:
    """The passages of an entry, the earliest first. Three questions, however many."""
    mine = list(Passage.objects.of(entry.client).filter(entry=entry))
    zone = ZoneInfo(entry.client.zone)
    reads = _reads(entry.client, [one.pk for one in mine], zone) if mine else {}
    heard = said_of_passages(entry.client) if mine else {}
    return [Given(one, _says(one, zone), tuple(reads.get(one.pk, ())), tuple(heard.get(one.pk, ()))) for one in mine]


def passage_words(passage: Passage) -> str:
    """After marking: who can read it, or when it is asked about again."""
    if passage.ask_at:
        return _says(passage, ZoneInfo(passage.client.zone))
    return f"{readers_of(passage.client)} can read this part, and it comes first when you meet."


def waits_words(client: Person) -> str:
    """Within a day of a dosing session: that giving more waits, and until when."""
    waits = waits_for(client, timezone.now())
    when = spoken_instant(waits, ZoneInfo(client.zone)) if waits else ""
    return library.load().words.page["wait_to_share"].format(when=f"on {when}") if waits else ""


def taken_back_words(passage: Passage) -> str:
    """After taking a passage back: what stops now, and what may have been read."""
    words, client = library.load().words.page, passage.client
    looks = looks_at(client).filter(act="passage", about=str(passage.pk)).values_list("at", flat=True)[:1]
    if not looks:
        return words["lowered"]
    return words["lowered_looked"].format(when=spoken_instant(looks[0], ZoneInfo(client.zone)))


def asked_to_look(entry: Entry) -> Flag | None:
    """The open request to look at this entry before meeting."""
    open_ones = open_flags(entry.client).filter(key=LOOK)
    named = (flag for flag in open_ones if str(entry.pk) in {str(row.get("about")) for row in flag.history})
    return next(named, None)


def _level(level: str) -> str:
    return {ONLY_ME: "only you could read it"}.get(level, "your therapist could read it")


def _says(passage: Passage, zone: ZoneInfo) -> str:
    if passage.taken_back_at and passage.shared_at:
        return f"Given {spoken_instant(passage.shared_at, zone)}, taken back {spoken_instant(passage.taken_back_at, zone)}"
    if passage.shared_at:
        return f"Given {spoken_instant(passage.shared_at, zone)}"
    if passage.taken_back_at or passage.ask_at is None:
        return "Never given"
    return library.load().words.page["wait_to_share"].format(when=f"on {spoken_instant(passage.ask_at, zone)}")


def _reads(client: Person, ids: Iterable[UUID], zone: ZoneInfo) -> dict[UUID, list[str]]:
    """By passage: who read it, when, newest first."""
    reads: dict[UUID, list[str]] = {}
    for row in looks_at(client).filter(act="passage", about__in=[str(one) for one in ids])[:50]:
        reads.setdefault(UUID(row.about), []).append(f"{row.actor.display_name}, read on {spoken_instant(row.at, zone)}")
    return reads
