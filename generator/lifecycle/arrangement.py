"""The template laid out so that Copier renders it fast.

Copier compiles each part of each path, of fragments and of overlays that are off as well, and for
every file anew: that is most of its time. So it gets a copy in which the files of the overlays that
are on lie in one tree already, and what files include lies where it was. What comes out is the
same, byte by byte: tests/generator/test_parity.py.
"""

import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from generator.engine.overlays import FRAGMENTS, resolved
from generator.engine.template import Template
from generator.engine.values import Document

_TREE = "_resolved"


def arrange(
    template: Template, names: Iterable[str], use: Document | None, folder: Path
) -> Template:
    """Put the template's files into a folder, with the overlays of `use` in one tree."""
    for name in names:
        _place(template.root / name, folder / name)
    arranged = replace(template, root=folder)
    if use is not None and _has_overlays(template):
        for name in names:
            path = PurePosixPath(name)
            if path.is_relative_to(template.subdirectory):
                rendered = resolved(path.relative_to(template.subdirectory), use)
                if rendered:
                    _place(folder / name, folder / _TREE / rendered)
        _point_to_tree(folder)
    return arranged


def _has_overlays(template: Template) -> bool:
    excluded = template.questionnaire.settings.get("_exclude")
    return bool(template.subdirectory) and isinstance(excluded, list) and FRAGMENTS in excluded


def _point_to_tree(folder: Path) -> None:
    """Add a last document to the questions: what it says goes."""
    questions = next(folder.glob("copier.y*ml"))
    text = questions.read_text(encoding="utf-8")
    questions.unlink()  # it may be a link to the template's own
    questions.write_text(f"{text}\n---\n_subdirectory: {_TREE}\n", encoding="utf-8")


def _place(source: Path, destination: Path) -> None:
    """Link a file, or copy it where links are not possible."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, destination, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, destination, follow_symlinks=False)
