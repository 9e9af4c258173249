"""The one list of what can be configured from outside, checked when the process starts."""

import base64
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec


class OddValue(ValueError):
    """Says in a few words what a value has to look like."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing to configure. Without a default it has to be given."""

    name: str
    meaning: str
    default: str | None
    parse: Callable[[str], Any]


def text(value: str) -> str:
    return value


def secret(value: str) -> str:
    if len(value) < 50:
        raise OddValue("has to be at least 50 characters long")
    return value


def yes_or_no(value: str) -> bool:
    return one_of("yes", "no")(value) == "yes"


def number(lowest: int, highest: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
            raise OddValue(f"has to be a whole number from {lowest} to {highest}")
        return int(value)

    return parse


def one_of(*words: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in words:
            raise OddValue("has to be one of " + ", ".join(words))
        return value

    return parse


def web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise OddValue("has to be an address like https://koru.example.org, without a path")
    return value.rstrip("/")


def address_of(*schemes: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if urlsplit(value).scheme not in schemes:
            raise OddValue("has to begin with " + " or ".join(f"{scheme}://" for scheme in schemes))
        return value

    return parse


def words(value: str) -> list[str]:
    return [word.strip() for word in value.split(",") if word.strip()]


def keys(value: str) -> list[bytes]:
    """One key or several, comma separated, each 32 bytes as base64. The first one wraps."""
    try:
        found = [base64.b64decode(word, validate=True) for word in words(value)]
    except ValueError as failure:
        raise OddValue("has to be base64") from failure
    if any(len(key) != 32 for key in found):
        raise OddValue("has to hold keys of exactly 32 bytes each, as base64")
    return found


def signing_key(value: str) -> str:
    """A P-256 private key: 32 bytes as base64url without padding, as VAPID tools write it."""
    if not value:
        return value
    try:
        number = int.from_bytes(base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True))
        ec.derive_private_key(number, ec.SECP256R1())
    except ValueError as failure:
        raise OddValue("has to be a private key of 32 bytes on the curve P-256, as base64url") from failure
    if len(value) != 43:
        raise OddValue("has to be exactly 32 bytes as base64url, without padding")
    return value


def texts_address(value: str) -> str:
    parts = urlsplit(value)
    if value not in {"", "sink"} and (parts.scheme != "https" or not parts.hostname or "@" in parts.netloc):
        raise OddValue("has to be an https address without a name in it, or sink, or empty")
    return value


def dotted(value: str) -> str:
    if value and not all(part.isidentifier() for part in value.split(".")):
        raise OddValue("has to be the name of a function, like clinic.errors.report")
    return value


def secret_or_none(value: str) -> str:
    if value and len(value) < 20:
        raise OddValue("has to be at least 20 characters long, or empty")
    return value


def key_file(value: str) -> list[bytes]:
    if not value:
        return []
    try:
        return keys(Path(value).read_text().replace("\n", ","))
    except (OSError, UnicodeDecodeError) as failure:
        raise OddValue("has to name a readable file of base64 keys, one a line") from failure


VARIABLES = (
    Variable(
        "DATABASE_URL",
        "PostgreSQL: postgresql://name:password@host:port/database, or ?host=/socket/folder",
        None,
        address_of("postgresql", "postgres"),
    ),
    Variable(
        "REDIS_URL",
        "Valkey or Redis, for cache and Celery: redis://host:port/0 or unix:///path?db=0",
        None,
        address_of("redis", "rediss", "unix"),
    ),
    Variable("PORT", "Port the web server listens on", "8000", number(1, 65535)),
    Variable("KORU_HOME", "Folder of what Koru keeps beside the database (the demo: everything)", ".koru", text),
    Variable(
        "KORU_TOMBSTONES",
        "Folder that names who was erased: kept beside the backups, not in them; empty: in KORU_HOME",
        "",
        text,
    ),
    Variable("KORU_SECRET_KEY", "Signs sessions and forms; at least 50 characters", None, secret),
    Variable("KORU_KEK", "The practice's key: 32 bytes as base64. Several by commas, the first wraps", "", keys),
    Variable("KORU_KEK_FILE", "The same, read from a file with one key a line", "", key_file),
    Variable("KORU_PUBLIC_URL", "Where people reach Koru; links in mails begin with it", None, web_address),
    Variable("KORU_ALLOWED_HOSTS", "Host names answered, by commas; empty: the one of KORU_PUBLIC_URL", "", words),
    Variable("KORU_TRUSTED_PROXIES", "How many proxies stand in front and set X-Forwarded-For", "0", number(0, 9)),
    Variable(
        "KORU_MAIL_URL",
        "Where mail goes: smtp://host:25, smtp+tls://name:password@host:587 or smtps://host:465",
        None,
        address_of("smtp", "smtp+tls", "smtps"),
    ),
    Variable("KORU_MAIL_FROM", "Sender of every mail; its domain also names the messages", "Koru <koru@demo.example.org>", text),
    Variable("KORU_PG_PROGRAMS", "Folder of pg_dump and pg_restore; empty: they are on PATH", "", text),
    Variable("KORU_WEB_WORKERS", "Web processes", "2", number(1, 64)),
    Variable("KORU_WEB_THREADS", "Threads of each; four are kept for what needs no database", "12", number(5, 64)),
    Variable("KORU_POOLED", "yes behind a pooler in transaction mode (pgbouncer): nothing is prepared then", "no", yes_or_no),
    Variable("KORU_MEASURES", "Folder of measures the clinic adds, files like moodtracking/measures/content", "", text),
    Variable(
        "KORU_CALENDAR_HOSTS",
        "Hosts that therapists' other calendars may be read from, by commas; .icloud.com: all below it; empty: none",
        "",
        words,
    ),
    Variable(
        "KORU_PUSH_KEY", "Signs web push (VAPID): a P-256 private key, 32 bytes as base64url; empty: no push", "", signing_key
    ),
    Variable(
        "KORU_PUSH_HOSTS",
        "Push services that devices may name, by commas; .notify.windows.com: all below it",
        "fcm.googleapis.com,updates.push.services.mozilla.com,web.push.apple.com,.notify.windows.com",
        words,
    ),
    Variable(
        "KORU_TEXTS_URL",
        "Where text messages are posted: a provider's https address (docs/texts.md); sink: kept on this machine and read at "
        "/demo/texts/, never in production; empty: none are sent",
        "",
        texts_address,
    ),
    Variable("KORU_TEXTS_SECRET", "Shown to that provider with each text; at least 20 characters", "", secret_or_none),
    Variable(
        "KORU_TEXTS_SIGNING",
        "Signs what that provider tells Koru, such as STOP; at least 20 characters; empty: nothing is listened to",
        "",
        secret_or_none,
    ),
    Variable("KORU_LOG_LEVEL", "Least weight of what is logged", "INFO", one_of("DEBUG", "INFO", "WARNING", "ERROR")),
    Variable(
        "KORU_METRICS_TOKEN", "Opens /metrics to who shows it; at least 20 characters; empty: it isn't there", "", secret_or_none
    ),
    Variable("KORU_ERROR_HOOK", "Function that is handed each error as its log line: package.module.function", "", dotted),
    Variable("KORU_TEST_SUFFIX", "Tests only: ending of the test database's name, to run several at once", "", text),
)


def read(given: Mapping[str, str]) -> dict[str, Any]:
    """All values by name. Raises OddValue with one sentence about the first that is missing or odd."""
    values: dict[str, Any] = {}
    for variable in VARIABLES:
        value = given.get(variable.name, variable.default)
        if value is None:
            raise OddValue(f"{variable.name} is missing. It is: {variable.meaning}.")
        try:
            values[variable.name] = variable.parse(value)
        except OddValue as failure:
            raise OddValue(f"{variable.name} {failure}.") from failure
    if not values["KORU_KEK"] + values["KORU_KEK_FILE"]:
        raise OddValue("KORU_KEK or KORU_KEK_FILE is missing. One of them has to hold the practice's key.")
    if values["KORU_TEXTS_URL"] not in {"", "sink"} and not (values["KORU_TEXTS_SECRET"] and values["KORU_TEXTS_SIGNING"]):
        raise OddValue("KORU_TEXTS_URL needs KORU_TEXTS_SECRET and KORU_TEXTS_SIGNING: without them STOP would not be heard.")
    return values


def from_outside(**fallbacks: str) -> dict[str, Any]:
    """What the process was started with, over the fallbacks of demo or tests; ends it when something is odd."""
    try:
        return read({**fallbacks, **os.environ})
    except OddValue as failure:
        sys.exit(f"Koru can't start: {failure}")
