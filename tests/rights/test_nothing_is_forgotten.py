"""Each kind of row with a way to a client is in their copy, or says why not; and a row of each is found by its way."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from koru.people.models import Person
from koru.rights.parts import LEFT_OUT, PARTS, TECHNICAL, WAYS, erased, way

OURS = {part.model for part in PARTS}
OF_THE_CLINIC = {
    "people.Clinic": "names who is on call",
    "people.OpeningHours": "hours of the clinic",
    "people.ClosedDay": "hours of the clinic",
    "measures.Offering": "which measures the clinic offers",
    "scheduling.Absence": "when a therapist is away",
    "scheduling.AvailabilityRule": "when a therapist is there",
    "scheduling.AvailabilityException": "when a therapist is there",
    "scheduling.BusyCalendar": "a therapist's other calendar",
    "scheduling.BusySpan": "a therapist's other calendar",
    "scheduling.Skill": "what somebody of the clinic can do",
}


def reachable() -> set[str]:
    """Every model from which foreign keys lead to a person, directly or through others."""
    found: set[type[models.Model]] = {Person}
    while more := {model for model in apps.get_models() if model not in found and found & set(pointed_at(model))}:
        found |= more
    return {model._meta.label for model in found}


def pointed_at(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.local_fields:
        if field.remote_field:
            yield field.related_model


def test_each_kind_of_row_about_a_client_is_exported_or_says_why_not() -> None:
    assert reachable() - OURS - set(LEFT_OUT) - set(OF_THE_CLINIC) == set()


def test_nothing_is_listed_that_is_not_there_or_twice() -> None:
    labels = {model._meta.label for model in apps.get_models()}
    assert (OURS | set(LEFT_OUT) | set(OF_THE_CLINIC)) <= labels
    assert not OURS & set(LEFT_OUT)
    assert len(OURS) == len(PARTS)
    assert set(WAYS) == set(LEFT_OUT)


def test_a_model_of_which_nobody_has_thought_is_noticed() -> None:
    assert "journaling.Entry" in reachable() - (OURS - {"journaling.Entry"}) - set(LEFT_OUT)


@pytest.mark.parametrize("label", [*sorted(OURS), *LEFT_OUT])
def test_the_way_to_the_client_can_be_asked(label: str) -> None:
    model = apps.get_model(label)
    assert str(model._default_manager.filter(**{way(label): None}).query) if way(label) != "pk" else True


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_what_is_named_is_there_and_no_secret_is_shown(part: Any) -> None:
    known = {field.name for field in part.kind._meta.concrete_fields}
    assert set(part.only) | set(part.without) <= known
    shown = {field.name for field in part.fields}
    assert shown
    assert not shown & (TECHNICAL | {"token", "auth", "p256dh", "endpoint", "secret", "session_key", "data"})


def test_what_goes_with_its_client_and_what_stays() -> None:
    goes = {model._meta.label for model, _ in erased()}
    kept = {part.model for part in PARTS if part.kept}
    assert goes | kept | {"scheduling.Presence", "scheduling.WallTold"} == OURS | set(LEFT_OUT)
    assert kept == {
        "people.Person", "people.Consent", "people.Clearance", "people.Alliance", "scheduling.Appointment",
        "scheduling.AppointmentChange", "scheduling.ConsultationRequest", "privacy.Erasure", "privacy.AccessRow",
    }  # fmt: skip
