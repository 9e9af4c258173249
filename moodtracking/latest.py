"""The newest answer, for choosing what to offer."""

from koru.people.models import Person

from .models import CheckIn


def last_mood(client: Person) -> int | None:
    """The mood told last, from -3 to +3; None before the first."""
    told = CheckIn.objects.written_by(client).kept().daily().filter(answers__has_key="mood")
    newest = told.order_by("-at").values_list("answers", flat=True).first()
    return int(newest["mood"]) if newest else None
