"""Asks this container's own web server, by the name that it answers to: `probe.py alive` or `probe.py ready`.

Ready means that pages can be served. Letters that are late make /readyz say 503 too; taking the web away would not help them.
"""

import http.client
import json
import os
import sys
from urllib.parse import urlsplit

NEEDED = ("database", "tables", "keys")


def asked(path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
    name = urlsplit(os.environ["KORU_PUBLIC_URL"]).hostname or ""
    connection.request("GET", path, headers={"Host": name, "X-Forwarded-Proto": "https"})
    answer = connection.getresponse()
    return answer.status, answer.read()


def main(what: str) -> bool:
    if what == "alive":
        return asked("/healthz")[0] == 200
    found = json.loads(asked("/readyz")[1])
    return all(found.get(part) == "ok" for part in NEEDED)


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1]) else 1)
