"""As much of JSON Schema as values.schema.json is written in; an unknown word in it is an error."""

import re
from typing import Any

KINDS = {"object": dict, "string": str, "integer": int, "boolean": bool}
WORDS = {
    "type", "required", "properties", "additionalProperties", "pattern", "minLength", "minimum", "maximum", "not", "const",
    "$ref", "$schema", "definitions",
}  # fmt: skip


def wrong(value: Any, rule: dict[str, Any], root: dict[str, Any], at: str = "") -> list[str]:
    if unknown := set(rule) - WORDS:
        raise ValueError(f"the schema says {unknown}")
    if "$ref" in rule:
        return wrong(value, root["definitions"][rule["$ref"].rsplit("/", 1)[1]], root, at)
    kind = KINDS.get(rule.get("type", ""))
    if kind and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
        return [f"{at} is not of type {rule['type']}"]
    if isinstance(value, dict):
        return of_object(value, rule, root, at)
    return of_scalar(value, rule, at)


def of_object(value: dict[str, Any], rule: dict[str, Any], root: dict[str, Any], at: str) -> list[str]:
    known = rule.get("properties", {})
    found = [f"{at}.{name} is missing" for name in rule.get("required", []) if name not in value]
    if rule.get("additionalProperties") is False:
        found += [f"{at}.{name} is unknown" for name in value if name not in known]
    return found + [
        said for name, one in known.items() if name in value for said in wrong(value[name], one, root, f"{at}.{name}")
    ]


def of_scalar(value: Any, rule: dict[str, Any], at: str) -> list[str]:
    bounds = (
        ("pattern" in rule and not re.search(rule["pattern"], str(value))),
        len(str(value)) < rule.get("minLength", 0),
        "minimum" in rule and value < rule["minimum"],
        "maximum" in rule and value > rule["maximum"],
        "not" in rule and value == rule["not"]["const"],
    )
    return [f"{at} may not be {value!r}"] if any(bounds) else []
