"""Templates of a plan: measures, symptoms and guides that a therapist puts into one with one choice. Content, pure."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.conf import settings

from journaling import library
from moodtracking import item_sets
from moodtracking.measures import definitions, schedules

CONTENT = Path(__file__).parent / "content" / "courses.toml"


class ContentError(ValueError):
    """A course names something that isn't there; says which."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One measure at its times. No form: the first that it has."""

    measure: str
    schedule: str
    form: str = ""

    def __post_init__(self) -> None:
        found = definitions.load().get(self.measure)
        if found is None or self.schedule not in schedules.load() or (self.form and self.form not in found.forms):
            raise ContentError(f"there is no {self.measure} {self.form} at {self.schedule}")


@dataclass(frozen=True, slots=True)
class Course:
    """What belongs together, in the words a therapist picks it by: measures, symptoms for the check-in, guides to write."""

    key: str
    title: str
    about: str
    measures: tuple[Wanted, ...] = ()
    symptoms: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = [slug for slug in self.symptoms if f"symptom:{slug}" not in item_sets.load().symptoms]
        unknown += [slug for slug in self.guides if slug not in library.load().guides]
        if unknown or not (self.measures or self.symptoms or self.guides):
            raise ContentError(f"there is no {', '.join(unknown)}" if unknown else "it puts nothing into a plan")


@cache
def load() -> Mapping[str, Course]:
    """All courses by key; one of the clinic's own stands in for a shipped one of its name. Raises ContentError."""
    folder = settings.KORU_MEASURES
    own = Path(folder) / CONTENT.name if folder else None
    files = [CONTENT, own] if own and own.exists() else [CONTENT]
    return MappingProxyType({one.key: one for file in files for one in read(file)})


def read(file: Path) -> list[Course]:
    """The courses of one file. Raises ContentError naming the course."""
    found = []
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["course"]:
        try:
            measures = tuple(Wanted(**one) for one in row.get("measures", ()))
            others = {name: tuple(row.get(name, ())) for name in ("symptoms", "guides")}
            found.append(Course(row["key"], row["title"], row["about"], measures, **others))
        except (KeyError, TypeError, ContentError) as wrong:
            raise ContentError(f"{file.name}: {row.get('key', 'a course without a key')}: {wrong}") from wrong
    return found
