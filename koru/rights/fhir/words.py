"""The small shapes that all resources are made of, and the names of the systems that codes come from. Pure."""

import base64
from typing import Any
from uuid import UUID, uuid5

Resource = dict[str, Any]
KORU = "https://koru.example.org/fhir"  # until the clinic has an address for it
LOINC = "http://loinc.org"
HL7 = "http://terminology.hl7.org/CodeSystem"
SURVEY = [{"coding": [{"system": f"{HL7}/observation-category", "code": "survey"}]}]


def derived(from_id: str, what: str) -> str:
    """The id of something that follows from a row: the same each time."""
    return str(uuid5(UUID(from_id), what))


def ref(kind: str, one: str) -> Resource:
    return {"reference": f"{kind}/{one}"}


def of_koru(system: str, code: str, text: str = "") -> Resource:
    """A concept that has no confirmed code but Koru's own."""
    coding = {"system": f"{KORU}/CodeSystem/{system}", "code": code}
    return {"coding": [coding], **({"text": text} if text else {})}


def of_loinc(code: str, text: str) -> Resource:
    return {"coding": [{"system": LOINC, "code": code}], "text": text}


def hl7(system: str, code: str) -> Resource:
    return {"coding": [{"system": f"{HL7}/{system}", "code": code}]}


def text_attachment(text: str, title: str = "") -> Resource:
    data = base64.b64encode(text.encode()).decode()
    return {"contentType": "text/plain; charset=utf-8", "data": data, **({"title": title} if title else {})}


def filled(resource: Resource) -> Resource:
    """Without what is empty: FHIR has no empty values."""
    return {name: value for name, value in resource.items() if value not in (None, "", [], {})}
