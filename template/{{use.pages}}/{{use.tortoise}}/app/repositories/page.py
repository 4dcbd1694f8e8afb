"""Pages, filters and order, for every list."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Generic, TypeVar

import tortoise
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from app.core.database.session import Session
from app.schemas.page import PageQuery, Slice

Model = TypeVar("Model", bound=tortoise.Model)


@dataclass(frozen=True, slots=True)
class Listing(Generic[Model]):
    """What may be asked of a list: the names are those of the query's fields.

    ``filters`` gives each the lookup that it stands for. ``key`` is unique and ends every order, so
    that no row is on two pages or on none.
    """

    model: type[Model]
    key: str
    sorts: Set[str]
    filters: Mapping[str, str]

    async def fetch(
        self, session: Session, query: PageQuery, sort: str, *conditions: Q
    ) -> Slice[Model]:
        """Read one page and count all that match, of those that meet your own ``conditions``."""
        given = query.model_dump(include=set(self.filters), exclude_none=True)
        matches = {self.filters[name]: value for name, value in given.items()}
        rows = self.rows().filter(*conditions, **matches).using_db(session)
        page = rows.order_by(*self.order(sort)).limit(query.size)
        found = await page.offset((query.page - 1) * query.size)
        total = await self.model.filter(*conditions, **matches).using_db(session).count()
        return Slice(found, total, query.page, query.size)

    def rows(self) -> QuerySet[Model]:
        """Select all rows; a list that shows relations says here how they are loaded."""
        return self.model.all()

    def order(self, sort: str) -> tuple[str, str]:
        """Turn ``"-name"`` into name descending, then by key."""
        field = sort.removeprefix("-")
        if field not in self.sorts:
            raise ValueError(f"{field} is not declared")
        return sort, sort.replace(field, self.key, 1)
