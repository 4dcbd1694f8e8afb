"""What is left of uploads that were cut short."""

from collections.abc import Iterator
from typing import Annotated

import typer

from app.config.settings import load_section
from app.config.uploads import UploadSettings
from app.core.command import command
from app.core.files.draft import PART
from app.core.files.store import FileStore


@command
def orphans(
    remove: Annotated[bool, typer.Option("--remove", help="Remove what is found.")] = False,
) -> None:
    """Name files that are not complete and never will be; uploads may go on meanwhile."""
    for name in look(FileStore(load_section(UploadSettings).folder), removes=remove):
        typer.echo(f"incomplete file: {name}")


def look(store: FileStore, *, removes: bool) -> Iterator[str]:
    """Find them: a file that is on its way in cannot be claimed."""
    for name in store.names():
        claim = store.claim(name) if name.endswith(PART) else None
        if claim is not None:
            if removes:
                claim.remove()
            claim.close()
            yield name
