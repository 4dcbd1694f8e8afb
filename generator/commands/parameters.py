"""What several commands take from the command line, in the same words."""

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document; ask nothing.")]
OtherTemplate = Annotated[
    str | None,
    typer.Option("--template", metavar="PATH|URL", help="Use another template than our own."),
]
PresetPlace = Annotated[
    str,
    typer.Argument(metavar="NAME|FILE|URL", help="A name of `preset list`, a file, or https://..."),
]
ServiceFolder = Annotated[str, typer.Argument(metavar="PATH", help="The folder of a service.")]
