from django.db import models

from koru.moments.ids import new_id
from koru.people.models import Person

from .anchors import Anchor, AnchoredHead
from .corrections import Correction
from .erasures import Erasure, LegalHold
from .exports import Export, ExportPiece

__all__ = [
    "AccessHead",
    "AccessRow",
    "Anchor",
    "AnchoredHead",
    "Correction",
    "Erasure",
    "Export",
    "ExportPiece",
    "LegalHold",
    "ParkedForm",
]


class AccessRow(models.Model):
    """One look at a client's record by somebody else. Written by `koru.privacy.trace` alone; never changed.

    A chain a client: `hash` covers the row and the hash before it. Sequence, time and hashes are the database's own
    (trigger `access_log_chain`), whatever the writer says.
    """

    pk = models.CompositePrimaryKey("client_id", "seq")
    client = models.ForeignKey(Person, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    seq = models.BigIntegerField()
    actor = models.ForeignKey(Person, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    role = models.CharField(max_length=10, db_comment="plain: how the actor stood to the client")
    act = models.CharField(max_length=40, db_comment="plain: what kind of look or deed")
    about = models.CharField(max_length=80, db_comment="plain: kind and id of the thing, never words")
    why = models.CharField(max_length=200, db_comment="plain: brief, timeline, desk, or a typed reason")
    at = models.DateTimeField()
    prev = models.BinaryField(max_length=32, db_comment="plain: hash of the row before")
    hash = models.BinaryField(max_length=32, db_comment="plain: hash of this row")

    class Meta:
        indexes = [models.Index(fields=["client", "-at"], name="access_by_client_newest")]

    def __str__(self) -> str:
        return f"{self.act} {self.at}"


class AccessHead(models.Model):
    """The newest link of each client's chain. Touched by the trigger alone."""

    client_id = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=32, db_comment="plain: hash of the newest row")

    def __str__(self) -> str:
        return f"head {self.client_id}"


class ParkedForm(models.Model):
    """A form that came after its session had ended. Sealed under a key that only its browser holds; gone after a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    blob = models.BinaryField(db_comment="sealed: under a key in the writer's browser")
    made_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"parked form {self.pk}"
