"""What a client said: entries, check-ins, measures, goals and the safety plan. Pure."""

from collections.abc import Iterator
from typing import Any

from moodtracking import item_sets
from moodtracking.measures.definitions import version_of
from moodtracking.measures.instrument import Measure, Option, Question

from .words import HL7, KORU, LOINC, SURVEY, Resource, derived, filled, of_koru, of_loinc, ref, text_attachment

Row = dict[str, Any]
SLEEP = ("sleep_hours", "93832-4")
NOTE = of_loinc("51855-5", "Patient Note")
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
OPEN = {"open": "in-progress", "completed": "completed", "stopped": "stopped"}
RESTRICTED, NORMAL = "R", "N"


def entry(row: Row, client: str) -> Resource:
    """What only its writer reads is marked as restricted."""
    label = RESTRICTED if row["share"] == "only_me" else NORMAL
    return filled({
        "resourceType": "DocumentReference",
        "id": row["id"],
        "status": "current",
        "type": NOTE,
        "subject": ref("Patient", client),
        "author": [ref("Patient", client)],
        "date": row["at"],
        "description": row["title"],
        "securityLabel": [{"coding": [{"system": f"{HL7}/v3-Confidentiality", "code": label}]}],
        "content": [{"attachment": text_attachment(row["text"])}],
    })  # fmt: skip


def medium(row: Row, client: str, file: str) -> Resource:
    """A recording or a picture: where it lies beside this file."""
    return filled({
        "resourceType": "DocumentReference",
        "id": row["id"],
        "status": "current",
        "type": NOTE,
        "subject": ref("Patient", client),
        "author": [ref("Patient", client)],
        "date": row["at"],
        "description": row["words"],
        "content": [{"attachment": {"contentType": row["media_type"], "url": f"../{file}", "size": row["size"]}}],
        "context": {"related": [ref("DocumentReference", row["entry"])]},
    })  # fmt: skip


def questionnaire(slug: str, version: int) -> Resource:
    measure = version_of(slug, version)
    return filled({
        "resourceType": "Questionnaire",
        "id": measure.name.replace(".", "-"),
        "url": f"{KORU}/Questionnaire/{slug}",
        "version": str(version),
        "title": measure.title,
        "status": "active",
        "copyright": measure.attribution,
        "code": [{"system": LOINC, "code": measure.panel_code}] if measure.panel_code else [],
        "item": [_question(number, item) for number, item in enumerate(measure.items, 1)],
    })  # fmt: skip


def _question(number: int, item: Question) -> Resource:
    return filled({
        "linkId": str(number),
        "code": [{"system": LOINC, "code": item.code}] if item.code else [],
        "text": item.text,
        "type": "choice",
        "answerOption": [{"valueCoding": _coding(option)} for option in item.options],
    })  # fmt: skip


def _coding(option: Option) -> Resource:
    coding = {"system": LOINC, "code": option.code} if option.code else {"code": str(option.value)}
    return {**coding, "display": option.label, "extension": [{"url": ORDINAL, "valueDecimal": option.value}]}


def response(row: Row, client: str) -> Resource:
    measure, given = version_of(row["measure"], row["version"]), row["answers"] or {}
    return filled({
        "resourceType": "QuestionnaireResponse",
        "id": row["id"],
        "questionnaire": f"{KORU}/Questionnaire/{row['measure']}|{row['version']}",
        "status": OPEN[row["state"]],
        "subject": ref("Patient", client),
        "source": ref("Patient", client),
        "authored": row["closed_at"] or row["started_at"],
        "item": [_answered(number, item, given.get(item.key)) for number, item in enumerate(measure.items, 1)],
    })  # fmt: skip


def _answered(number: int, item: Question, value: int | None) -> Resource:
    """One that was passed over stands there without an answer."""
    option = next((one for one in item.options if one.value == value), None)
    return filled({"linkId": str(number), "answer": [{"valueCoding": _coding(option)}] if option else []})


def total(row: Row, client: str) -> Resource:
    measure = version_of(row["measure"], row["version"])
    absent = {"coding": [{"system": f"{HL7}/data-absent-reason", "code": "asked-declined"}]}
    prorated = f"prorated from {row['answered']} of {len(measure.scored)} items"
    return filled({
        "resourceType": "Observation",
        "id": derived(row["id"], "total"),
        "status": "final",
        "category": SURVEY,
        "code": _total_code(measure),
        "subject": ref("Patient", client),
        "effectiveDateTime": row["closed_at"],
        "valueInteger": row["total"],
        "dataAbsentReason": absent if row["total"] is None else None,
        "interpretation": [{"text": row["band"]}] if row["band"] else [],
        "note": [{"text": prorated}] if row["prorated"] else [],
        "derivedFrom": [ref("QuestionnaireResponse", row["id"])],
    })  # fmt: skip


def _total_code(measure: Measure) -> Resource:
    text = f"{measure.title}, total"
    return of_loinc(measure.total_code, text) if measure.total_code else of_koru("measure", measure.name, text)


def check_in(row: Row, client: str) -> Iterator[Resource]:
    """One observation a value."""
    for key, value in (row["answers"] or {}).items():
        yield filled({
            "resourceType": "Observation",
            "id": derived(row["id"], key),
            "status": "final",
            "category": SURVEY,
            "code": _code_of(key),
            "subject": ref("Patient", client),
            "effectiveDateTime": row["at"],
            "issued": row["recorded_at"],
            **_value(key, value),
        })  # fmt: skip


def _code_of(key: str) -> Resource:
    item = item_sets.load().item(key)
    if key == SLEEP[0]:
        return of_loinc(SLEEP[1], "Sleep duration")
    return of_koru("check-in", item.version if item else key.replace(" ", "-"), item.ask if item else key)


def _value(key: str, value: float) -> Resource:
    if key == SLEEP[0]:
        return {"valueQuantity": {"value": value, "unit": "h", "system": "http://unitsofmeasure.org", "code": "h"}}
    return {"valueInteger": value} if isinstance(value, int) else {"valueQuantity": {"value": value}}


def goal(row: Row, client: str) -> Resource:
    return {
        "resourceType": "Goal",
        "id": row["id"],
        "lifecycleStatus": "active",
        "description": {"text": row["words"]},
        "subject": ref("Patient", client),
        "startDate": row["made_at"][:10],
    }


def safety_plan(row: Row, client: str) -> Resource:
    """The newest version of the plan: each of its lines an activity."""
    lines = [*_lines(row["words"]), *_lines(row["matters"])]
    return filled({
        "resourceType": "CarePlan",
        "id": row["id"],
        "status": "active",
        "intent": "plan",
        "category": [{"text": "Safety plan"}],
        "subject": ref("Patient", client),
        "created": row["at"],
        "activity": [{"detail": {"status": "unknown", "description": line}} for line in lines],
    })  # fmt: skip


def _lines(value: Any) -> Iterator[str]:
    """Each piece of text in a value, however deep."""
    if isinstance(value, str):
        yield from (line.strip() for line in value.splitlines() if line.strip())
    elif isinstance(value, dict):
        for one in value.values():
            yield from _lines(one)
    elif isinstance(value, list):
        for one in value:
            yield from _lines(one)
