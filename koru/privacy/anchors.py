"""Anchors of the access log: each hour the newest rows of all chains that have grown, and one digest over them.

A chain cut off together with its head looks whole by itself; its anchor still names the row that was there. The digest
covers the anchor before, and leaves the database's reach (log line, a backup's manifest), so that anchors can't be taken
away unnoticed either.
"""

from django.db import models


class Anchor(models.Model):
    """The state of all chains at one moment. Appended by `anchoring`, never changed."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    heads = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32, db_comment="plain: hash over its heads and the anchor before")

    def __str__(self) -> str:
        return f"anchor {self.number}"


class AnchoredHead(models.Model):
    """The newest row of one chain when its anchor was made."""

    pk = models.CompositePrimaryKey("client_id", "seq")
    client_id = models.UUIDField()
    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=32, db_comment="plain: hash of that row")
    anchor = models.ForeignKey(Anchor, on_delete=models.RESTRICT, related_name="+")

    def __str__(self) -> str:
        return f"row {self.seq} of {self.client_id}"
