"""Values of answers: how they are read, compared and shown."""

import json
from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache
from typing import Final, TypeAlias, cast

import yaml

Value: TypeAlias = str | int | float | bool | list["Value"] | dict[str, "Value"] | None
Document: TypeAlias = dict[str, Value]

_TRUE = {"y", "yes", "t", "true", "on"}
_FALSE = {"n", "no", "f", "false", "off", "~", "null", "none", ""}

KINDS = {
    "bool": "yes or no: use true or false",
    "float": "a number",
    "int": "a whole number",
    "json": "valid JSON",
    "path": "text",
    "str": "text",
    "yaml": "valid YAML",
}
"""The types that a question can have, in words that fit after "is not"."""


def shown(value: Value) -> str:
    """Write a value the way a user would type it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value if value and value == "".join(value.split()) else f'"{value}"'
    return str(value)


def as_bool(value: object) -> bool:
    """Read a value as yes or no as Copier does: any other text counts as yes."""
    if not isinstance(value, str):
        return bool(value)
    read = strict_bool(value)
    return True if read is None else read


def strict_bool(text: str) -> bool | None:
    """Read a word or a number as yes or no, or return nothing when it is neither."""
    word = text.strip().lower()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    try:
        return bool(float(word))
    except ValueError:
        return None


def cast_to(type_name: str, raw: Value) -> Value:
    """Read an answer as the question's type, or raise ValueError."""
    try:
        return _CASTS[type_name](raw)
    except (TypeError, yaml.YAMLError) as error:
        raise ValueError(raw) from error


def _to_bool(raw: Value) -> bool:
    value = strict_bool(raw) if isinstance(raw, str) else bool(raw)
    if value is None:
        raise ValueError(raw)
    return value


def _to_text(raw: Value) -> str:
    if raw is None or isinstance(raw, (list, dict)):
        raise ValueError(raw)
    return str(raw)


def _to_int(raw: Value) -> int:
    return int(_to_text(raw))


def _to_float(raw: Value) -> float:
    return float(_to_text(raw))


def _from_json(raw: Value) -> Value:
    return json.loads(raw) if isinstance(raw, str) else raw


def _from_yaml(raw: Value) -> Value:
    return deepcopy(_parsed(raw)) if isinstance(raw, str) else raw


LOADER: Final = cast("type[yaml.SafeLoader]", getattr(yaml, "CSafeLoader", yaml.SafeLoader))
"""The same in C where there is one; under Pyodide there is not."""


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Value:
    """Parse each text once: what a template computes is the same for most combinations.

    The parser in C takes no surrogates, which is how Jinja's ``tojson`` writes an emoji.
    """
    try:
        return yaml.load(text, LOADER)  # noqa: S506 - a safe one, see above
    except yaml.YAMLError:
        return yaml.safe_load(text)


_CASTS: dict[str, Callable[[Value], Value]] = {
    "bool": _to_bool,
    "float": _to_float,
    "int": _to_int,
    "json": _from_json,
    "path": _to_text,
    "str": _to_text,
    "yaml": _from_yaml,
}
