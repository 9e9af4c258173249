"""One shared entry, opened by the therapist: a look that the client sees."""

from uuid import UUID

from django.http import Http404

from journaling.models import Entry
from koru.privacy.door import Record


def entry_in(record: Record, entry_id: UUID) -> Entry:
    """The entry, when its writer shares it with the record's reader. Leaves its trace; raises Http404 otherwise."""
    entry = Entry.objects.readable_in(record).filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    record.looked_at("entry", entry.pk)
    found: Entry = entry
    return found
