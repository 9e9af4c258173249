"""Who may read the note of a check-in: its writer always, a therapist when it is shared with them."""

from koru.privacy.door import Record
from koru.privacy.standing import Part


def note_is_readable(record: Record, note_share: str) -> bool:
    if record.is_own:
        return True
    return note_share == "my_therapist" and record.opens(Part.SHARED_NOTES)
