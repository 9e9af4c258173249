"""Bytes of an attachment, sealed in stretches: each is bound to its place among the others and to the length of all.

A chunk moved, repeated, left out or taken from another file doesn't open (the STREAM idea of Hoang, Reyhanitabar,
Rogaway and Vizár 2015). Reading opens only what a stretch touches, one chunk at a time, so memory stays constant.
"""

from collections.abc import Iterator
from uuid import UUID

from koru.sealing.envelope import CannotOpen, Place, key_of, seal, unseal
from koru.sealing.keyring import key_for, key_named

from .models import Attachment, Chunk
from .ranges import Stretch

LENGTH = 2**17


def place_of(attachment: Attachment, form: str, number: int) -> Place:
    return Chunk(attachment=attachment, form=form, number=number).place()


def size_of(attachment: Attachment, form: str) -> int:
    return int(attachment.small_size if form == Chunk.Form.SMALL else attachment.size)


def write(attachment: Attachment, form: str, data: bytes) -> None:
    """Seal the bytes of a file that has no chunks yet."""
    key_id, key = key_for(attachment.client_id)
    Chunk.objects.bulk_create(
        Chunk(
            attachment=attachment,
            form=form,
            number=number,
            blob=seal(data[start : start + LENGTH], key, key_id, place_of(attachment, form, number)),
        )
        for number, start in enumerate(range(0, len(data), LENGTH))
    )


def read(attachment: Attachment, form: str, stretch: Stretch) -> Iterator[bytes]:
    """The bytes of a stretch, chunk by chunk. Raises CannotOpen where one is gone or isn't the one that belongs there."""
    keys: dict[UUID, bytes] = {}
    for number in range(stretch.first // LENGTH, stretch.last // LENGTH + 1):
        plain = _opened(attachment, form, number, keys)
        start = number * LENGTH
        if len(plain) != min(LENGTH, size_of(attachment, form) - start):
            raise CannotOpen("the chunk is not of the length that belongs here")
        yield plain[max(0, stretch.first - start) : stretch.last - start + 1]


def _opened(attachment: Attachment, form: str, number: int, keys: dict[UUID, bytes]) -> bytes:
    """`keys` are kept beside, since a stream goes on after the request's keyring is gone."""
    rows = Chunk.objects.filter(attachment=attachment, form=form, number=number)
    blob = rows.values_list("blob", flat=True).first()
    if blob is None:
        raise CannotOpen("a chunk is gone")
    key_id = key_of(bytes(blob))
    if key_id not in keys:
        keys[key_id] = key_named(key_id)
    return unseal(bytes(blob), keys[key_id], place_of(attachment, form, number))
