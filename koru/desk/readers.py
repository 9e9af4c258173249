"""Whom a letter was for, as the desk knows them: a name and where the address is put right. Never the address."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from koru.people.models import Invitation, Person
from koru.reminders.models import Letter
from scheduling.models import ConsultationRequest

Reader = tuple[str, str]


def known_readers(letters: Iterable[Letter]) -> dict[UUID, Reader]:
    """By letter: the name, and a link or nothing. Two queries, letters with their persons fetched before."""
    rows = list(letters)
    visitors = _visitors({one.address.lower() for one in rows if one.to is None})
    return {one.pk: _of_person(one.to) if one.to else visitors.get(one.address.lower(), ("Somebody", "")) for one in rows}


def whom(letter: Letter) -> str:
    return str(letter.to_id) if letter.to_id else letter.address.lower()


def _of_person(person: Person) -> Reader:
    return person.display_name, reverse("desk:contact", args=[person.pk]) if person.is_client else ""


def _visitors(addresses: set[str]) -> dict[str, Reader]:
    """By address: who asked for a talk, else who was invited."""
    invited = Invitation.objects.filter(email__in=addresses).values_list("email", "name", "about")
    asked = ConsultationRequest.objects.filter(email__in=addresses).values_list("email", "name", "pk")
    named = {email.lower(): (name, reverse("desk:invite")) for email, name, _ in invited}
    return named | {email.lower(): (name, reverse("desk:request_contact", args=[pk])) for email, name, pk in asked}
