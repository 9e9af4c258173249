"""The packages of the image as a bill of materials (CycloneDX 1.5), from the lock alone: `python deploy/sbom.py > sbom.json`."""

import json
import re
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parents[1] / "requirements" / "app.txt"
PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for line in lock.splitlines():
        if match := PACKAGE.match(line):
            name, version = match[1].lower(), match[2]
            identity = f"pkg:pypi/{name}@{version}"
            found.append({"type": "library", "name": name, "version": version, "purl": identity, "bom-ref": identity})
        elif (match := HASH.search(line)) and found:
            found[-1].setdefault("hashes", []).append({"alg": "SHA-256", "content": match[1]})
    return found


def bill(lock: str, release: str) -> dict[str, Any]:
    root = {"type": "application", "name": "koru", "version": release, "bom-ref": "koru"}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": root},
        "components": components(lock),
    }


if __name__ == "__main__":
    made = bill(LOCK.read_text(), sys.argv[1] if len(sys.argv) > 1 else "0.1.0")
    sys.stdout.write(json.dumps(made, indent=1) + "\n")
