"""All of it as one Bundle, written a resource at a time. Pure."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from . import people, said
from .words import Resource

Row = dict[str, Any]
Rows = Callable[[str], Iterable[Row]]
MadeOf = Callable[[Row, str], Iterator[Resource]]


def bundle(rows: Rows, clinic: str, made_at: str) -> Iterator[str]:
    """The file in pieces. `rows` gives those of a part by its name, as `koru.rights.rows` makes them."""
    yield json.dumps({"resourceType": "Bundle", "type": "collection", "timestamp": made_at})[:-1] + ', "entry": [\n'
    for number, resource in enumerate(resources(rows, clinic)):
        kept = {"fullUrl": f"{BASE}/{resource['resourceType']}/{resource['id']}", "resource": resource}
        yield (",\n" if number else "") + json.dumps(kept, ensure_ascii=False)
    yield "\n]}\n"


BASE = "https://koru.example.org/fhir"


def resources(rows: Rows, clinic: str) -> Iterator[Resource]:
    (person,) = rows("people-person")
    client = person["id"]
    yield people.patient(person)
    yield people.organization(client, clinic)
    yield from people.practitioners(client, _therapists(rows))
    yield from _questionnaires(rows)
    for name, made_of in MADE_OF.items():
        for row in rows(name):
            if not row.get("deleted_at") and not row.get("removed_at"):
                yield from made_of(row, client)
    yield from _plan(rows, client)


def _therapists(rows: Rows) -> set[str]:
    return {row["therapist"] for name in ("people-alliance", "scheduling-appointment") for row in rows(name)}


def _questionnaires(rows: Rows) -> Iterator[Resource]:
    for slug, version in sorted({(row["measure"], row["version"]) for row in rows("measures-response")}):
        yield said.questionnaire(slug, version)


def _plan(rows: Rows, client: str) -> Iterator[Resource]:
    versions = list(rows("safety-planversion"))
    if versions:
        yield said.safety_plan(versions[-1], client)


def _one(made: Callable[[Row, str], Resource]) -> MadeOf:
    def made_of(row: Row, client: str) -> Iterator[Resource]:
        yield made(row, client)

    return made_of


def _appointment(row: Row, client: str) -> Iterator[Resource]:
    yield people.appointment(row, client)
    if row["state"] == "met":
        yield people.encounter(row, client)


def _response(row: Row, client: str) -> Iterator[Resource]:
    yield said.response(row, client)
    if row["state"] == "completed":
        yield said.total(row, client)


def _medium(row: Row, client: str) -> Iterator[Resource]:
    yield said.medium(row, client, row["file"])


MADE_OF: dict[str, MadeOf] = {
    "people-alliance": _one(people.care_team),
    "scheduling-appointment": _appointment,
    "people-consent": _one(people.consent),
    "measures-response": _response,
    "moodtracking-checkin": said.check_in,
    "journaling-entry": _one(said.entry),
    "attachments-attachment": _medium,
    "journaling-goal": _one(said.goal),
    "reminders-letter": _one(people.communication),
    "privacy-accessrow": _one(people.audit_event),
}
