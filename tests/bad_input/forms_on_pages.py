"""The forms of a page as a browser sees them: where each goes, its fields, and what it would send untouched."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_plus, urljoin, urlsplit

TYPED = {"text", "email", "tel", "search", "textarea", "password"}
NOT_OURS = {"csrfmiddlewaretoken"}


@dataclass
class Field:
    name: str
    kind: str
    value: str = ""
    on: bool = True
    options: list[str] = field(default_factory=list)

    @property
    def is_typed(self) -> bool:
        return self.kind in TYPED - {"password"}


@dataclass
class SeenForm:
    """`pressed`: the button by which it is sent says something too."""

    path: str
    fields: list[Field] = field(default_factory=list)
    pressed: dict[str, str] = field(default_factory=dict)

    def untouched(self) -> dict[str, list[str]]:
        """What a browser would send, with what has to be chosen chosen: the last option of each."""
        sent: dict[str, list[str]] = {}
        for one in self.fields:
            if one.kind == "select":
                sent[one.name] = [one.value or next(iter(one.options[::-1]), "")]
            elif one.kind == "radio":
                sent[one.name] = [one.value] if one.on or one.name not in sent else sent[one.name]
            elif one.on:
                sent.setdefault(one.name, []).append(one.value)
        return sent | {name: [value] for name, value in self.pressed.items()}

    def names(self) -> list[str]:
        return list(dict.fromkeys(one.name for one in self.fields))

    def typed(self) -> set[str]:
        return {one.name for one in self.fields if one.is_typed}

    def chosen(self) -> set[str]:
        """What is picked or hidden: nobody types there, but machines do."""
        return {one.name for one in self.fields if one.kind in ("radio", "checkbox", "select", "hidden", "button")}


def body(values: Mapping[str, list[str]], odd: Mapping[str, bytes] | None = None) -> bytes:
    """Form data, byte for byte: also what no encoder would let through."""
    said: dict[str, list[str | bytes]] = {name: list(some) for name, some in values.items()}
    said |= {name: [value] for name, value in (odd or {}).items()}
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, some in said.items() for value in some).encode()


def forms_of(html: str, page: str) -> list[SeenForm]:
    """All forms of a page that are posted."""
    reader = _Reader(page)
    reader.feed(html)
    return reader.found


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[SeenForm] = []
        self.form: SeenForm | None = None
        self.area: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if self.form and "formaction" in has:
            pressed = {has["name"]: has.get("value", "")} if has.get("name") else {}
            self.found.append(SeenForm(has["formaction"], self.form.fields, pressed))
        if tag == "form":
            self._open(has)
        elif self.form and tag == "option" and self.form.fields:
            self._option(self.form.fields[-1], has)
        elif self.form and tag in ("input", "select", "textarea", "button") and has.get("name") not in {None, "", *NOT_OURS}:
            self._field(self.form, tag, has)

    def _open(self, has: Mapping[str, str]) -> None:
        self.form = None
        if has.get("method", "get").lower() == "post":
            self.form = SeenForm(urlsplit(urljoin(self.page, has.get("action") or self.page)).path)
            self.found.append(self.form)

    def _field(self, form: SeenForm, tag: str, has: Mapping[str, str]) -> None:
        kind = has.get("type", "text") if tag == "input" else tag
        chosen = kind not in ("radio", "checkbox", "button") or "checked" in has
        form.fields.append(Field(has["name"], kind, has.get("value", "on" if kind == "checkbox" else ""), chosen))
        self.area = form.fields[-1] if tag == "textarea" else None

    def _option(self, select: Field, has: Mapping[str, str]) -> None:
        select.options.append(has.get("value", ""))
        if "selected" in has:
            select.value = has.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = None
        if tag == "form":
            self.form = None
