"""Whom of their clients a therapist has met, for the caseload."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from koru.people.models import Alliance, Person

from .models import Appointment


def about_met(therapist: Person) -> "QuerySet[Any, Any]":
    """The clients with whom an appointment has taken place, each once an alliance."""
    met = Appointment.objects.filter(client=OuterRef("client"), therapist=therapist, state=Appointment.State.MET)
    return Alliance.objects.of(therapist).filter(Exists(met)).values_list("client")
