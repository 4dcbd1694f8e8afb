"""One variant, as what proves it knows it: nothing here knows the table, or how it is made."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.harness.values import Value


@dataclass(frozen=True)
class Variant:
    """A set of answers, complete for the options that are asked, and what they switch on."""

    answers: Mapping[str, Value]
    name: str
    features: frozenset[str]

    def __str__(self) -> str:
        return self.name
