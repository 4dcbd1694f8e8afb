"""Text that every database can store."""

from typing import Annotated, Final

from pydantic import StringConstraints

NO_NUL: Final = r"^[^\u0000]*$"

Text = Annotated[str, StringConstraints(pattern=NO_NUL)]
