"""A mail server that takes mail, counts it by Message-ID, and can be told to behave oddly."""

import asyncio
import email
import email.policy
import random
from collections import Counter
from types import TracebackType

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from koru.stack.ports import next_free


class Sink:
    """`answer`: what it says to a message. "hang" says nothing; "close" takes the message and hangs up."""

    def __init__(self, answer: str = "250 OK", takes: float = 0.0) -> None:
        self.answer, self.takes = answer, takes
        self.ids: Counter[str] = Counter()
        self.firsts: dict[str, str] = {}  # what the first copy of each says: a provider drops the others
        self.port = next_free(random.randint(20_000, 40_000))
        vars(self)["handle_DATA"] = self.take  # the name by which aiosmtpd asks
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def take(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        await asyncio.sleep(5 if self.answer == "hang" else self.takes)
        if self.answer.startswith("2") or self.answer == "close":
            self.count(envelope.original_content or b"")
        if self.answer == "close" and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return self.answer

    def count(self, raw: bytes) -> None:
        message = email.message_from_bytes(raw, policy=email.policy.default)
        name, words = str(message["Message-ID"]), message.get_body(("plain",))
        self.ids[name] += 1
        self.firsts.setdefault(name, str(words.get_content()) if words else "")

    @property
    def repeats(self) -> int:
        return sum(self.ids.values()) - len(self.ids)

    def __enter__(self) -> "Sink":
        self.controller.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.controller.stop(no_assert=True)
