"""Where the Chromium of the browser tests is; `python -m tests.chromium` gets one when there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "No Chromium was found or could be fetched: install the package chromium and run again."
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)


def find_on_path() -> Path | None:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return Path(found) if found else None


def find() -> Path | None:
    """On PATH, else the one that Playwright has fetched."""
    if found := find_on_path():
        return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def flags() -> list[str]:
    """Chromium's sandbox can't be had as root, and only then is it left out."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)


def fetch() -> None:
    """Playwright's download, else Debian's package when we may install one."""
    for command in ways():
        sys.stdout.write(f"Fetches Chromium: {' '.join(command)}\n")
        if subprocess.run(command, check=False).returncode != 0:
            continue
        if find():
            return


def ways() -> list[list[str]]:
    ways = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        script = "apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq chromium"
        ways.append(["sh", "-c", script])
    return ways


if __name__ == "__main__":
    if find() is None:
        fetch()
    if find() is None:
        sys.exit(MISSING)
