"""The answer to a hello: its lines of the matrix, and a hello of each side with the link of its letter."""

from django.utils import timezone

from koru.people.models import Person
from koru.reminders.quick_links import signed
from koru.safety.quiet_hellos import KIND, QuietHello
from tests.days import this_day
from tests.reminders.letters import due_letter

from .lines import Line, anyone, client

LINES: dict[str, Line] = {
    "hello/": client(200, 422),
    "hello/<str:hello_link>/": anyone(200, 422),
}


def things(side: str, person: Person, therapist: Person) -> dict[str, str]:
    """Each parameter of an address here, with the value that belongs to that side."""
    hello = QuietHello.objects.create(client=person, last_sign=this_day(), said_at=timezone.now())
    return {"hello_link": signed(due_letter(person, KIND, about=hello.pk).pk)}
