"""Pages, filters and order, for every list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select

from app.core.database.session import Session
from app.models.base import Base
from app.schemas.page import PageQuery, Slice

Model = TypeVar("Model", bound=Base)


@dataclass(frozen=True, slots=True)
class Listing(Generic[Model]):
    """What may be asked of a list: the names are those of the query's fields.

    ``key`` is unique and ends every order, so that no row is on two pages or on none.
    """

    model: type[Model]
    key: SQLColumnExpression[int]
    sorts: Mapping[str, SQLColumnExpression[object]]
    filters: Mapping[str, Callable[[object], ColumnElement[bool]]]

    async def fetch(
        self, session: Session, query: PageQuery, sort: str, *conditions: ColumnElement[bool]
    ) -> Slice[Model]:
        """Read one page and count all that match, of those that meet your own ``conditions``."""
        given = query.model_dump(include=set(self.filters), exclude_none=True)
        asked = (self.filters[name](value) for name, value in given.items())
        matches = (*conditions, *asked)
        rows = (
            self.rows()
            .where(*matches)
            .order_by(*self.order(sort))
            .limit(query.size)
            .offset((query.page - 1) * query.size)
        )
        count = select(func.count()).select_from(self.model).where(*matches)
        found = list(await session.scalars(rows))
        total = await session.scalar(count) or 0
        return Slice(found, total, query.page, query.size)

    def rows(self) -> Select[Model]:
        """Select all rows; a list that shows relations says here how they are loaded."""
        return select(self.model)

    def order(self, sort: str) -> tuple[SQLColumnExpression[object], SQLColumnExpression[int]]:
        """Turn ``"-name"`` into name descending, then by key."""
        column = self.sorts[sort.removeprefix("-")]
        if sort.startswith("-"):
            return column.desc(), self.key.desc()
        return column, self.key
