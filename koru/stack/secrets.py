"""The demo's secrets, made at the first start and marked so that production refuses them."""

import base64
import os
import secrets
from pathlib import Path


def made_once(home: Path) -> dict[str, str]:
    """The names and values of `secrets.env`, written on the first call, readable by its owner alone.

    A folder of an earlier demo keeps what it has; what it lacks stays off.
    """
    file = home / "secrets.env"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        write(file, fresh())
    lines = file.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def fresh() -> dict[str, str]:
    return {
        "KORU_SECRET_KEY": "demo-" + secrets.token_urlsafe(48),
        "KORU_KEK": base64.b64encode(b"demo" + secrets.token_bytes(28)).decode(),
        "KORU_PUSH_KEY": base64.urlsafe_b64encode(b"demo" + secrets.token_bytes(28)).decode().rstrip("="),
    }


def write(file: Path, values: dict[str, str]) -> None:
    """Whole or not at all: two processes that start together agree on the first one's secrets."""
    draft = file.with_name(f"secrets.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.writelines(f"{name}={value}\n" for name, value in values.items())
    try:
        os.link(draft, file)
    except FileExistsError:
        return
    finally:
        draft.unlink()
