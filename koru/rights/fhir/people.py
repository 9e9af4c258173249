"""Who and when: the client, the clinic, who works with them, appointments, what was agreed to, who looked. Pure."""

from collections.abc import Iterable, Iterator
from typing import Any

from .words import HL7, KORU, Resource, derived, filled, hl7, of_koru, ref, text_attachment

Row = dict[str, Any]
STATUS = {"held": "pending", "booked": "booked", "met": "fulfilled", "missed": "noshow", "cancelled": "cancelled"}
PART_2 = "treatment"


def patient(row: Row) -> Resource:
    telecom = [("email", row["email"]), ("phone", row["phone"])]
    return filled({
        "resourceType": "Patient",
        "id": row["id"],
        "identifier": [{"system": f"{KORU}/client", "value": row["id"]}],
        "name": [{"text": row["display_name"]}],
        "telecom": [{"system": system, "value": value} for system, value in telecom if value],
    })  # fmt: skip


def organization(client: str, name: str) -> Resource:
    return {"resourceType": "Organization", "id": derived(client, "clinic"), "name": name}


def practitioner_id(client: str, name: str) -> str:
    return derived(client, f"practitioner {name}")


def practitioners(client: str, names: Iterable[str]) -> Iterator[Resource]:
    for name in sorted(set(names)):
        yield {"resourceType": "Practitioner", "id": practitioner_id(client, name), "name": [{"text": name}]}


def care_team(row: Row, client: str) -> Resource:
    return filled({
        "resourceType": "CareTeam",
        "id": row["id"],
        "status": "inactive" if row["until"] else "active",
        "subject": ref("Patient", client),
        "period": filled({"start": row["since"], "end": row["until"]}),
        "participant": [{"member": ref("Practitioner", practitioner_id(client, row["therapist"]))}],
    })  # fmt: skip


def appointment(row: Row, client: str) -> Resource:
    actors = [ref("Patient", client), ref("Practitioner", practitioner_id(client, row["therapist"]))]
    return filled({
        "resourceType": "Appointment",
        "id": row["id"],
        "status": STATUS[row["state"]],
        "serviceType": [{"text": row["kind"]}],
        "appointmentType": of_koru("appointment-kind", row["kind"]),
        "start": row["during"]["from"],
        "end": row["during"]["until"],
        "participant": [{"actor": actor, "status": "accepted"} for actor in actors],
    })  # fmt: skip


def encounter(row: Row, client: str) -> Resource:
    """The meeting as it was, with its actual times."""
    return {
        "resourceType": "Encounter",
        "id": derived(row["id"], "encounter"),
        "status": "finished",
        "class": {"system": f"{HL7}/v3-ActCode", "code": "AMB" if row["place"] == "room" else "VR"},
        "subject": ref("Patient", client),
        "period": filled({"start": row["started_at"], "end": row["ended_at"]}),
        "appointment": [ref("Appointment", row["id"])],
    }


def consent(row: Row, client: str) -> Resource:
    return filled({
        "resourceType": "Consent",
        "id": row["id"],
        "status": "inactive" if row["withdrawn_at"] else "active",
        "scope": hl7("consentscope", "treatment" if row["kind"] == PART_2 else "patient-privacy"),
        "category": [of_koru("consent-kind", row["kind"])],
        "patient": ref("Patient", client),
        "dateTime": row["given_at"],
        "sourceAttachment": text_attachment(row["words"], f"{row['kind']}, version {row['version']}"),
        "policyRule": {"text": f"{row['kind']}, version {row['version']}, in the clinic’s words"},
        "provision": filled({"type": "permit", "period": filled({"start": row["given_at"], "end": row["withdrawn_at"]})}),
    })  # fmt: skip


def communication(row: Row, client: str) -> Resource:
    """A letter: its kind, its way and when it went. Its words are not kept."""
    return filled({
        "resourceType": "Communication",
        "id": derived(client, f"letter {row['kind']} {row['channel']} {row['due_at']}"),
        "status": "completed" if row["sent_at"] else "not-done" if row["withdrawn_at"] else "preparation",
        "category": [of_koru("letter-kind", row["kind"])],
        "medium": [of_koru("letter-channel", row["channel"])],
        "subject": ref("Patient", client),
        "sent": row["sent_at"],
    })  # fmt: skip


def audit_event(row: Row, client: str) -> Resource:
    return {
        "resourceType": "AuditEvent",
        "id": derived(client, f"look {row['seq']}"),
        "type": {"system": f"{HL7}/audit-event-type", "code": "rest"},
        "subtype": [{"system": f"{KORU}/CodeSystem/look", "code": row["act"].replace(" ", "-"), "display": row["act"]}],
        "recorded": row["at"],
        "agent": [{"who": {"display": row["actor"]}, "requestor": True, "role": [{"text": row["role"]}]}],
        "source": {"observer": {"display": "Koru"}},
        "entity": [{"what": ref("Patient", client)}],
    }
