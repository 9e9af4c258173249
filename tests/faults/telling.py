"""What a long fault test found, as one JSON object a line (`make faults` shows it)."""

import json
import sys


def tell(what: str, **found: object) -> None:
    sys.stdout.write(f"\n{json.dumps({'fault': what, **found})}\n")
