"""What has to be so before a clinic goes live: `manage.py check --deploy --database default` complains otherwise."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from koru.people.models import Clinic, Person

NOBODY = "Nobody is on call at night, and the clinic has no words that say so to clients."
NO_LEAD = "The clinic has no clinical lead: what nobody looks at in time reaches nobody else."


@register(Tags.database, deploy=True)
def somebody_looks(app_configs: object, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Asks nothing where there are no tables or no clinic yet."""
    if not databases:
        return []
    try:
        clinic = Clinic.objects.first()
        led = Person.objects.leads().exists()
    except DatabaseError:
        return []
    if clinic is None:
        return []
    silent = not clinic.is_covered and not clinic.no_cover_words
    hint = "Open the clinic at /admin/ and name somebody on call, or write the words."
    wrong: list[CheckMessage] = [Error(NOBODY, hint=hint, id="koru.E001")] if silent else []
    return wrong if led else [*wrong, Error(NO_LEAD, hint="Make a therapist the clinical lead at /admin/.", id="koru.E002")]
