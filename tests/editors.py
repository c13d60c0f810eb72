"""What an editor's program sees of a sheet: values as YAML 1.2 types them, and what a schema says of them.

The core schema of YAML 1.2 alone decides: `2020` is a number, `2020-12-14` and `NO` are texts, `~` is nothing.
"""

import re
from collections.abc import Mapping
from typing import Any

import yaml
from jsonschema_rs import Draft7Validator

INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
FLOAT = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
NOT_IN_JSON = 0.5
"""Stands for infinity and for what is no number: JSON has neither."""


def typed(text: str) -> Any:
    """A YAML text as YAML 1.2 reads it; raises `yaml.YAMLError` where it is none."""
    return _value(yaml.compose(text, Loader=yaml.CSafeLoader))


def _value(node: yaml.Node | None) -> Any:
    match node:
        case yaml.MappingNode():
            return {key.value: _value(value) for key, value in node.value}
        case yaml.SequenceNode():
            return [_value(item) for item in node.value]
        case yaml.ScalarNode(value=text, style=None | ""):
            return scalar(text)
        case yaml.ScalarNode(value=text):
            return text
    return None


def scalar(text: str) -> Any:
    """An unquoted scalar."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text, 0 if text[:2] in ("0o", "0x") else 10)
    if FLOAT.fullmatch(text):
        return float(text) if text.lstrip("+-")[:2] not in (".i", ".I", ".n", ".N") else NOT_IN_JSON
    return text


class Schemas:
    """A set of schemas to hold values against; a validator is made when it is first asked for."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        self._schemas = schemas
        self._made: dict[str, Draft7Validator] = {}

    def of(self, name: str) -> Draft7Validator:
        """The validator of a kind of file."""
        if name not in self._made:
            self._made[name] = Draft7Validator(self._schemas[name], retriever=self._retrieved)
        return self._made[name]

    def say(self, name: str, value: Any) -> tuple[str, ...]:
        """What is wrong with a value, in the words of the validator."""
        return tuple(error.message for error in self.of(name).iter_errors(value))

    def _retrieved(self, address: str) -> Any:
        return self._schemas[address.rsplit("/", 1)[-1].removesuffix(".json")]
