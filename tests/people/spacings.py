"""Meeting less often to test with: proposed by a therapist, agreed to by their client."""

from koru.people.models import Person, Spacing
from koru.people.spacing import agree, propose


def proposed(client: Person, therapist: Person, weeks: int = 6, *, monthly: bool = False) -> Spacing:
    propose(weeks, client=client, monthly=monthly, by=therapist)
    row: Spacing = Spacing.objects.open().get(client=client)
    return row


def agreed(client: Person, therapist: Person, weeks: int = 6) -> None:
    agree(proposed(client, therapist, weeks).pk, waits=None, by=client)
