"""A missing or odd value stops the start with one clear sentence."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

from koru.settings.environment import OddValue, read
from koru.settings.listing import page

ROOT = Path(__file__).resolve().parents[2]
KEY = base64.b64encode(bytes(range(32))).decode()
GIVEN = {
    "DATABASE_URL": "postgresql://koru@localhost/koru",
    "REDIS_URL": "redis://localhost/0",
    "KORU_SECRET_KEY": "a-long-and-quite-random-secret-" * 2,
    "KORU_KEK": KEY,
    "KORU_PUBLIC_URL": "https://koru.example.org",
    "KORU_MAIL_URL": "smtp://localhost:25",
}


def test_the_usual_values_are_read() -> None:
    values = read(GIVEN)
    assert values["PORT"] == 8000
    assert values["KORU_KEK"] == [bytes(range(32))]


@pytest.mark.parametrize("name", sorted(set(GIVEN) - {"KORU_KEK"}))
def test_a_missing_value_is_named_with_its_meaning(name: str) -> None:
    with pytest.raises(OddValue, match=rf"^{name} is missing. It is: .+\.$"):
        read({key: value for key, value in GIVEN.items() if key != name})


def test_the_practices_key_has_to_come_from_somewhere() -> None:
    with pytest.raises(OddValue, match="KORU_KEK or KORU_KEK_FILE is missing"):
        read({**GIVEN, "KORU_KEK": ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "٨٠٠٠"),
        ("PORT", "eighty"),
        ("KORU_KEK", "not base64!"),
        ("KORU_KEK", base64.b64encode(b"too short").decode()),
        ("KORU_KEK", f"{KEY},{KEY[:-8]}"),
        ("KORU_KEK_FILE", "/nowhere/key"),
        ("KORU_SECRET_KEY", "short"),
        ("KORU_PUSH_KEY", "not base64!"),
        ("KORU_PUSH_KEY", "dGVzdA"),
        ("KORU_PUSH_KEY", base64.urlsafe_b64encode(bytes(32)).decode().rstrip("=")),
        ("KORU_PUSH_KEY", base64.urlsafe_b64encode(b"\xff" * 32).decode().rstrip("=")),
        ("KORU_TEXTS_URL", "http://texts.example.org/send"),
        ("KORU_TEXTS_URL", "https://name@texts.example.org/send"),
        ("KORU_TEXTS_SECRET", "short"),
        ("KORU_TEXTS_SIGNING", "short"),
        ("KORU_PUBLIC_URL", "koru.example.org"),
        ("KORU_PUBLIC_URL", "https://koru.example.org/path"),
        ("DATABASE_URL", "mysql://localhost/koru"),
        ("REDIS_URL", "localhost:6379"),
        ("KORU_MAIL_URL", "localhost"),
        ("KORU_TRUSTED_PROXIES", "-1"),
        ("KORU_LOG_LEVEL", "loud"),
        ("KORU_ERROR_HOOK", "clinic.errors.report()"),
    ],
)
def test_an_odd_value_is_named_with_what_it_has_to_be(name: str, value: str) -> None:
    with pytest.raises(OddValue, match=rf"^{name} has to .+\.$"):
        read({**GIVEN, name: value})


def test_texts_are_not_sent_where_stop_would_not_be_heard() -> None:
    given = {**GIVEN, "KORU_TEXTS_URL": "https://texts.example.org/send", "KORU_TEXTS_SECRET": "s" * 20}
    with pytest.raises(OddValue, match="STOP would not be heard"):
        read(given)
    assert read({**given, "KORU_TEXTS_SIGNING": "s" * 20})["KORU_TEXTS_URL"].startswith("https://")


def test_keys_are_read_from_a_file_one_a_line(tmp_path: Path) -> None:
    file = tmp_path / "kek"
    file.write_text(f"{KEY}\n{KEY}\n")
    assert read({**GIVEN, "KORU_KEK": "", "KORU_KEK_FILE": str(file)})["KORU_KEK_FILE"] == [bytes(range(32))] * 2


def started(settings: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", f"import koru.settings.{settings}"],
        env={"PATH": os.environ["PATH"], **GIVEN, **changes},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_values_of_its_own() -> None:
    assert started("production").returncode == 0


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("KORU_SECRET_KEY", "demo-" + "x" * 50, "these are the demo's secrets"),
        ("KORU_KEK", base64.b64encode(b"demo" + bytes(28)).decode(), "these are the demo's secrets"),
        ("KORU_PUBLIC_URL", "http://koru.example.org", "has to begin with https://"),
        ("KORU_TEXTS_URL", "sink", "is the demo's sink"),
        ("PORT", "x", "PORT has to be a whole number"),
    ],
)
def test_production_refuses_to_start(name: str, value: str, sentence: str) -> None:
    refused = started("production", **{name: value})
    assert refused.returncode == 1
    assert sentence in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_the_page_on_configuration_is_the_list_itself() -> None:
    assert (ROOT / "docs/configuration.md").read_text() == page()
