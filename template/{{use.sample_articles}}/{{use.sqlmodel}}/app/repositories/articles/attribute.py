"""What a loader is told of, which SQLModel types as the value that it holds."""

from typing import cast

from sqlalchemy.orm import QueryableAttribute


def attribute(value: object) -> QueryableAttribute[object]:
    """Take ``Article.tags`` as the attribute that it is."""
    return cast("QueryableAttribute[object]", value)
