"""A complete set of answers, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.engine.values import Document

PRESET = "preset"
"""The answer that holds a preset; nobody is asked for it."""

LOCKED = "locked"
"""The answer that maps each question that the preset locks to its answer."""

PINNED = "pinned"
"""The answer that holds what the preset says about each question, for the question's default."""


@dataclass(frozen=True)
class Answers:
    """Hold a value for every question, and the names of those that matter.

    `open` are those that no preset decides, `locked` those that one decides. An open question with
    one possible answer is not asked.
    """

    values: Document
    open: frozenset[str]
    locked: frozenset[str] = frozenset()

    @property
    def features(self) -> tuple[str, ...]:
        """Return the names of the features that are on, in gather order."""
        names = self.values.get("features")
        return tuple(str(name) for name in names) if isinstance(names, list) else ()

    @property
    def switches(self) -> Document:
        """Map each feature, in gather order, to whether it is on."""
        table = self.values.get("switches")
        return table if isinstance(table, dict) else {}

    @property
    def use(self) -> Document | None:
        """Map each feature to "." when it is on; nothing for a template that has no overlays."""
        folders = self.values.get("use")
        return folders if isinstance(folders, dict) else None

    @property
    def preset(self) -> str:
        """Name the preset that was followed and what it locks, or nothing."""
        preset = self.values.get(PRESET)
        if not isinstance(preset, dict) or not preset:
            return ""
        locks = f", locks {', '.join(sorted(self.locked))}" if self.locked else ""
        return f"{preset.get('name')} {preset.get('version')}{locks}"

    @property
    def recorded(self) -> Document:
        """Return the answers that the answers file of a service holds.

        What was declined, and comes along because another answer needs it, is recorded as it is.
        """
        kept = self.open | self.locked
        preset = self.values.get(PRESET)
        answers = {name: value for name, value in self.values.items() if name in kept}
        for name, on in self.switches.items():
            if on and answers.get(name) is False:
                answers[name] = True
        return {PRESET: preset, **answers} if preset else answers
