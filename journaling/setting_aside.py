"""Setting a prompt aside, and taking that back."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from koru.moments.directions import narrows, neither
from koru.people.models import Person

from .models import PromptSkip


@narrows
@transaction.atomic
def not_today(prompt: str, *, by: Person) -> PromptSkip:
    """Don't offer it for fourteen days; the second time, not until the client comes to it."""
    return _set_aside(prompt, PromptSkip.What.NOT_TODAY, by)


@narrows
@transaction.atomic
def never(prompt: str, *, by: Person) -> PromptSkip:
    """Don't offer it again."""
    return _set_aside(prompt, PromptSkip.What.NEVER, by)


@neither
@transaction.atomic
def take_back(skip: UUID, *, by: Person) -> bool:
    """Offer it again as if it had not been set aside. Whether there was such a deed of theirs."""
    return bool(PromptSkip.objects.of(by).filter(pk=skip).delete()[0])


def _set_aside(prompt: str, what: str, by: Person) -> PromptSkip:
    """A second tap within the minute is the same deed: it must not count as the second time."""
    now = timezone.now()
    Person.objects.select_for_update().get(pk=by.pk)
    last: PromptSkip | None = PromptSkip.objects.of(by).filter(prompt=prompt, what=what).first()
    if last and (now - last.at).total_seconds() < 60:
        return last
    return PromptSkip.objects.create(client=by, prompt=prompt, what=what, at=now)
