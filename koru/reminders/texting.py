"""The channel "text": a letter's one neutral line, to the number that its reader gave.

Between eight in the morning and eight in the evening of the reader's day, at most one a day and three a week: what can't go
for that goes by mail (judging.py, too_many_texts.py). The short link in it opens one page, for that letter alone.
"""

import logging
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import urlsafe_base64_encode

from koru.people.clinic import the_clinic
from koru.people.models import Clinic
from koru.sealing.tokens import token_hash

from .channels import HandOver, InDoubt, NoWay, Refused, Unreachable
from .models import Letter
from .numbers import Code, not_reached
from .text_numbers import Texted, reachable
from .text_providers import Provider, Text, provider
from .text_words import first_text, text_of

log = logging.getLogger(__name__)
LASTS = timedelta(days=30)  # the link in it


def carry_code(code: Code | None) -> None:
    """To its number. One that can't be carried is asked for again by whoever waits for it: what they read is the same."""
    carrier = provider()
    if code is None or carrier is None:
        return
    try:
        carrier.carry(Text(code.number, first_text(code.digits, the_clinic()), code.key))
    except (Refused, InDoubt) as no:
        log.warning("a code for text messages was not carried: %s", no)


class Texting:
    """Keeps no connection open: there are few letters, and each has to be answered for."""

    def __init__(self) -> None:
        self.provider: Provider | None = provider()

    def ready(self) -> None:
        if self.provider is None:
            raise Unreachable("no KORU_TEXTS_URL")

    def prepared(self, letter: Letter, clinic: Clinic, now: datetime) -> HandOver:
        number = reachable().filter(person=letter.to_id).first() if letter.to_id else None
        if number is None:
            return partial(refuse, NoWay("no number"))
        words = text_of(letter, clinic, now, link_of(letter.pk))
        if not _noted(letter, now):
            return partial(refuse, Refused("another text today", for_good=False))
        return partial(self.send, letter, Text(number.number, words, letter.pk))

    def send(self, letter: Letter, text: Text) -> None:
        """Raises Refused, InDoubt, or NoWay: then that number is tried no more."""
        if self.provider is None:
            raise Refused("no KORU_TEXTS_URL", for_good=False)
        try:
            self.provider.carry(text)
        except Refused as no:
            Texted.objects.filter(pk=letter.pk).update(day=None)  # it surely didn't arrive: the day is free for another
            if isinstance(no, NoWay) and letter.to_id:
                not_reached(letter.to_id)
            raise

    def close(self) -> None:
        """Nothing is open."""


def refuse(no: Refused) -> None:
    raise no


def link_of(letter_id: UUID) -> str:
    """The same in each copy: it follows from the letter, by the server's key. A signed one would leave no room for words."""
    return settings.KORU_PUBLIC_URL + reverse("reminders:text_link", args=[_token(letter_id)])


def letter_behind(token: str, now: datetime) -> Letter | None:
    """The letter whose text a link came in. None: made up, or older than thirty days."""
    found = Texted.objects.filter(link_hash=token_hash(token), until__gt=now, person__is_active=True)
    texted = found.select_related("letter__to").first()
    return texted.letter if texted else None


def _token(letter_id: UUID) -> str:
    return urlsafe_base64_encode(salted_hmac("koru.reminders.texted", letter_id.hex, algorithm="sha256").digest()[:8])


def _noted(letter: Letter, now: datetime) -> bool:
    """That it goes out today. False: another text of that reader's goes at this moment."""
    day = now.astimezone(letter.clock).date()
    row = {"person_id": letter.to_id, "day": day, "link_hash": token_hash(_token(letter.pk)), "until": now + LASTS}
    try:
        with transaction.atomic():
            Texted.objects.update_or_create(letter=letter, defaults=row)
    except IntegrityError:
        return False
    return True
