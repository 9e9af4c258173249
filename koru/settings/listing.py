"""The page docs/configuration.md: `python -m koru.settings.listing > docs/configuration.md`."""

from .environment import VARIABLES, Variable

HEAD = """# Configuration

Everything is configured by environment variables, checked when a process starts: one that is missing or odd stops the
start with one sentence. `make demo` and `make test` need none of them. Production, which is
`DJANGO_SETTINGS_MODULE=koru.settings.production`, needs those without a default and one of `KORU_KEK` and
`KORU_KEK_FILE`, and refuses the demo's secrets.

| name | meaning | default |
|---|---|---|
"""


def row(variable: Variable) -> str:
    default = "has to be given" if variable.default is None else f"`{variable.default}`" if variable.default else "empty"
    return f"| `{variable.name}` | {variable.meaning} | {default} |"


def page() -> str:
    return HEAD + "\n".join(map(row, VARIABLES)) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(page())
