"""Pages of who is quieter than usual: the answer to a hello, from Today and by its link."""

from django.utils import timezone

from koru.people.models import Person
from koru.reminders.quick_links import signed
from koru.safety.quiet_hellos import KIND, QuietHello
from tests.days import this_day
from tests.reminders.letters import due_letter


def of_client(client: Person) -> list[str]:
    hello = QuietHello.objects.create(client=client, last_sign=this_day(), said_at=timezone.now())
    return ["/hello/", f"/hello/{signed(due_letter(client, KIND, about=hello.pk).pk)}/"]
