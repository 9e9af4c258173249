"""The bill of materials names what is locked: each package once, with its version and the sums of its files."""

import json
import re
import subprocess
import sys

from tests.stack.running import ROOT

LOCK = (ROOT / "requirements" / "app.txt").read_text()


def test_every_locked_package_is_on_the_bill() -> None:
    said = subprocess.run([sys.executable, "deploy/sbom.py", "1.2.3"], cwd=ROOT, capture_output=True, text=True, check=True)
    bill = json.loads(said.stdout)
    listed = {f"{one['name']}=={one['version']}" for one in bill["components"]}
    assert listed == {line.split(" ")[0].split(";")[0].lower() for line in LOCK.splitlines() if re.match(r"[A-Za-z0-9]", line)}
    assert sum(len(one["hashes"]) for one in bill["components"]) == LOCK.count("--hash=")
    assert bill["metadata"]["component"]["version"] == "1.2.3"
