"""Who looked: the access log as the client reads it."""

from django.db.models import QuerySet

from koru.people.models import Person

from .models import AccessRow


def looks_at(client: Person) -> QuerySet[AccessRow]:
    """Every look at this client's record by somebody else, newest first, with who it was."""
    return AccessRow.objects.filter(client=client).exclude(actor=client).select_related("actor").order_by("-at", "-seq")
