"""Who reads what a client shares: those who work with them now, and who covers for those while it lasts."""

from django.db.models import Exists, F, OuterRef, Q, Subquery

from .covering import Cover
from .models import Alliance, Person


def reader_names(client: Person) -> list[str]:
    """Whoever has worked with them longest first. One query."""
    allied = Alliance.objects.current().filter(client=client, therapist=OuterRef("pk"))
    covering = Cover.objects.current().filter(client=client, therapist=OuterRef("pk"))
    since = Subquery(allied.order_by("since").values("since")[:1])
    people = Person.objects.filter(Q(Exists(allied)) | Q(Exists(covering)), is_active=True).annotate(since=since)
    return list(people.order_by(F("since").asc(nulls_last=True), "pk").values_list("display_name", flat=True))


def readers_of(client: Person) -> str:
    """The same in one phrase; "Your therapist" while there is nobody yet."""
    return " and ".join(reader_names(client)) or "Your therapist"
