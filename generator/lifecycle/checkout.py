"""Which files are the template's, and which commit they are."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from generator.engine.template import Template
from generator.lifecycle import git

_BYTECODE = "__pycache__"
_LITERALLY = "--literal-pathspecs"


@dataclass(frozen=True)
class Revision:
    """Say which commit the template's files are, if they are one."""

    commit: str | None = None
    dirty: bool = False


def examine(template: Template) -> tuple[list[str], Revision]:
    """Return the names of the template's files, below its root, and their commit.

    Of a checkout these are the files that git knows or would add. A folder that git does not know
    has no commit; from it only the bytecode is left out that an installer adds.
    """
    if not (template.root / ".git").exists() or not git.installed():
        return list(_found(template)), Revision()
    describing = git.start(template.root, "describe", "--tags", "--always")
    comparing = git.start(template.root, *_about(template, "status", "--porcelain"))
    listing = git.start(template.root, *_about(template, "ls-files", *_KNOWN))
    described, compared, listed = map(git.finish, (describing, comparing, listing))
    if described.returncode or compared.returncode or listed.returncode:
        return list(_found(template)), Revision()
    dirty = bool(compared.stdout)
    revision = Revision(None if dirty else described.stdout.strip(), dirty=dirty)
    return [name for name in listed.stdout.split("\0") if _is_file(template, name)], revision


_KNOWN = ("--cached", "--others", "--exclude-standard", "-z")


def _about(template: Template, command: str, *options: str) -> tuple[str, ...]:
    """Return a command of git about the files that Copier reads."""
    files = ("copier.yml", "copier.yaml", str(template.files))
    return (_LITERALLY, command, *options, "--", *files)


def _found(template: Template) -> Iterator[str]:
    for name in ("copier.yml", "copier.yaml"):
        if _is_file(template, name):
            yield name
    for folder, folders, files in os.walk(template.files):
        folders[:] = [name for name in folders if name != _BYTECODE]
        for name in files:
            path = os.path.relpath(os.path.join(folder, name), template.root)  # noqa: PTH118
            if path not in {"copier.yml", "copier.yaml"}:
                yield path


def _is_file(template: Template, name: str) -> bool:
    return bool(name) and (template.root / name).is_file()
