"""Keys by which a client marks a request as the same one."""

from typing import Annotated

from pydantic import Field

KeyText = Annotated[
    str,
    Field(
        min_length=1,
        max_length=255,
        pattern="^[!-~]+$",
        description="The same for each repetition of a request, such as a UUID.",
    ),
]
