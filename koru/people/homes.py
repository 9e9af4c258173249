"""Where each role's day begins."""

from .models import Person, Role

HOMES = {Role.CLIENT: "/today/", Role.THERAPIST: "/care/", Role.STAFF: "/desk/", Role.ADMIN: "/admin/"}


def home_of(person: Person) -> str:
    return HOMES[Role(person.role)]
