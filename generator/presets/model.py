"""What a preset is made of. The published schema, docs/preset.schema.json, is made from this."""

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from generator.engine.values import Document, Value, shown

Decision: TypeAlias = str | bool | int | float | list[str]
Decisions: TypeAlias = dict[str, Decision]

_Name = Annotated[
    str,
    Field(
        pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$",
        max_length=50,
        description="Its name, which is also the name of its file: acme for acme.yml.",
        examples=["acme"],
    ),
]
_Version = Annotated[
    str,
    Field(
        pattern=r"^[0-9]+(\.[0-9]+){0,2}$",
        max_length=20,
        description="Its version, in quotes. Count it up with every change.",
        examples=["1.0", "2.1.3"],
    ),
]
_Line = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=200)]


class Preset(BaseModel):
    """The decisions of an organisation about the services that it generates with Groundplan."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, title="A preset for Groundplan"
    )

    name: _Name
    version: _Version
    description: Annotated[_Line, Field(description="What it is for, in one line.")]
    defaults: Annotated[
        Decisions, Field(description="Answers that are proposed: a service may choose others.")
    ] = Field(default_factory=dict)
    lock: Annotated[
        Decisions, Field(description="Answers that are fixed: every other one is refused.")
    ] = Field(default_factory=dict)
    message: Annotated[
        _Line, Field(description="What someone is told who runs into a lock, such as whom to ask.")
    ] = ""

    @property
    def recorded(self) -> Document:
        """Return what the answers file of a service holds of it."""
        kept = self.model_dump(exclude={"description"})
        return {name: value for name, value in kept.items() if value != ""}

    @property
    def as_data(self) -> Document:
        """Return what plain Copier takes with `--data-file`."""
        return {"preset": self.recorded}


def listed(decisions: Decisions) -> str:
    """Write decisions in one line."""
    return ", ".join(f"{name}={shown(_value(value))}" for name, value in decisions.items())


def _value(decision: Decision) -> Value:
    return [*decision] if isinstance(decision, list) else decision
