"""Moments in time."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeVar, overload

from tortoise import Model
from tortoise.fields import DatetimeField

Moment = TypeVar("Moment", datetime, datetime | None)
Value = TypeVar("Value", datetime, int, float, str)


class UtcDatetimeField(DatetimeField[Moment]):
    """A moment: stored as UTC, and read back aware also where the database drops the zone."""

    if TYPE_CHECKING:

        @overload
        def __init__(
            self: "UtcDatetimeField[datetime]", *, null: Literal[False] = False, **options: object
        ) -> None: ...

        @overload
        def __init__(
            self: "UtcDatetimeField[datetime | None]", *, null: Literal[True], **options: object
        ) -> None: ...

        def __init__(self, *, null: bool = False, **options: object) -> None: ...

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Be a plain field in a migration, which so imports nothing of the service."""
        _, arguments, options = super().deconstruct()
        return f"{DatetimeField.__module__}.{DatetimeField.__name__}", arguments, options

    def describe(self, serializable: bool) -> dict[str, object]:
        """Be a plain field also where a migration is compared with a model."""
        return {
            **super().describe(serializable),  # pyright: ignore[reportUnknownMemberType]
            "field_type": DatetimeField.__name__ if serializable else DatetimeField,
        }

    def to_db_value(self, value: Value | None, instance: type[Model] | Model) -> Value | None:
        """Store what is in another zone as the same moment in UTC."""
        moment = aware(value) if isinstance(value, datetime) else value
        return super().to_db_value(moment, instance)

    def to_python_value(self, value: datetime | str | None) -> datetime | None:
        """Give text its zone back, which a database without zones may hold."""
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        return value if value is None else aware(value)


def aware(moment: datetime) -> datetime:
    """Give a moment in UTC, and refuse a naive one, which could mean anything."""
    if moment.tzinfo is None:
        raise ValueError("a datetime needs a time zone")
    return moment.astimezone(UTC)


def utc_now() -> datetime:
    """Say what time it is."""
    return datetime.now(UTC)
