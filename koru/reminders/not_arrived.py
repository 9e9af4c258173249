"""Letters that did not arrive: sent again or put aside, by somebody who looks after them. Each safe to do twice."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from koru.moments.directions import neither
from koru.people.models import Person

from .models import Letter


@neither
def send_again(letters: QuerySet[Letter], *, by: Person) -> int:
    """Let those be tried anew that still have a use. How many there were.

    It is the same mail, with all that went in it: a copy that arrived after all is known by its Message-ID.
    """
    useful = Q(not_after=None) | Q(not_after__gt=Now())
    again = {"sent_at": None, "handed_at": None, "failed_at": None, "bounced_at": None, "failure": "", "attempts": 0}
    return _not_arrived(letters).filter(useful).update(**again, try_at=Now())


@neither
def put_aside(letters: QuerySet[Letter], *, by: Person) -> int:
    """Seen to in another way, or past its time: off the list, with what happened to it kept. How many there were."""
    return _not_arrived(letters).update(put_aside_at=Now())


def _not_arrived(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    together = letters.exclude(mail_id=None).values("mail_id")
    return Letter.objects.not_arrived().filter(Q(pk__in=letters.values("pk")) | Q(mail_id__in=together))
