"""A visitor's request, as the public page leaves it."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from koru.sealing.tokens import new_token, token_hash
from scheduling.consultation import Talk, book_talk, kind_of_talk
from scheduling.models import ConsultationRequest


def request_without_time(**fields: Any) -> ConsultationRequest:
    token = new_token()
    plain = {"name": "Demo Teasel", "email": "teasel@example.org", "zone": "America/New_York", "state": "new"}
    keys = {"token": token, "token_hash": token_hash(token), "key": uuid4()}
    return ConsultationRequest.objects.create(**{**plain, **keys, **fields})


def talk_at(start: datetime, **fields: Any) -> ConsultationRequest:
    plain = {"place": "video", "name": "Demo Mallow", "email": "mallow@example.org", "zone": "America/New_York"}
    made: ConsultationRequest = book_talk(kind_of_talk(), Talk(start=start, **{**plain, **fields}), key=uuid4())
    return made
