from django.db import models
from django.db.models import Q

from koru.moments.ids import new_id


class DataKey(models.Model):
    """The key that seals what one client (or one visitor's request) wrote, itself wrapped by the practice's key.

    `owner` is an id and no foreign key: the key table is backed up apart from the data, and destroying a row here makes
    every copy of the owner's words unreadable.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.UUIDField(db_index=True)
    wrapped = models.BinaryField(max_length=60, db_comment="sealed: data key under the practice's key")
    kek_id = models.CharField(max_length=16, db_comment="plain: which practice key wraps this one")
    made_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner"], condition=Q(retired_at=None), name="one_live_data_key_an_owner"),
        ]

    def __str__(self) -> str:
        return f"data key {self.pk}"


class Tombstone(models.Model):
    """An owner whose keys were destroyed for good. The database makes no key for them again (migration 0002).

    Written by `koru.sealing.tombstones`, which keeps the same beside the backups. No foreign key: it outlives what it names.
    """

    owner = models.UUIDField(primary_key=True, editable=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"tombstone {self.owner}"
