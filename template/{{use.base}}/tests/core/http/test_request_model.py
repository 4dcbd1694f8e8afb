"""app.core.http.request_model: how many unknown fields are named."""

import pytest
from pydantic import Field, ValidationError

from app.core.http.problem import MOST_ERRORS
from app.core.http.request_model import RequestModel, Unnamed

MANY = {f"x{number}": number for number in range(80_000)}


class Line(RequestModel):
    """Stands inside of another one."""

    amount: int


class Order(RequestModel):
    """Has a field of a simple type, one with another name, and lines."""

    product: str
    note: str = Field(default="", alias="remark")
    lines: list[Line] = Field(default=[], max_length=50)


def errors_of(data: object) -> list[tuple[tuple[int | str, ...], str, object]]:
    """Have an order checked."""
    with pytest.raises(ValidationError) as caught:
        Order.model_validate(data)
    return [(each["loc"], each["type"], each["input"]) for each in caught.value.errors()]


def total(errors: list[tuple[tuple[int | str, ...], str, object]]) -> int:
    """Count the errors, and those that they stand for."""
    return sum(1 + value.more if isinstance(value, Unnamed) else 1 for _, _, value in errors)


class TestUnknownFields:
    def test_few_are_all_named(self) -> None:
        errors = errors_of({"product": "pen", "x": 1, "y": 2, "z": 3, "amount": 4, "price": 5})

        names = [location for location, kind, _ in errors if kind == "extra_forbidden"]
        assert names == [("x",), ("y",), ("z",), ("amount",), ("price",)]

    def test_no_error_is_made_of_most(self) -> None:
        errors = errors_of(MANY)

        assert [(location, kind) for location, kind, _ in errors] == [
            (("product",), "missing"),
            *(((f"x{number}",), "extra_forbidden") for number in range(MOST_ERRORS)),
        ]
        assert total(errors) == 80_001

    def test_what_is_known_is_checked_all_the_same(self) -> None:
        errors = errors_of(MANY | {"product": "pen", "remark": 1, "lines": [{"amount": "x"}]})

        assert [each[0] for each in errors[:2]] == [("remark",), ("lines", 0, "amount")]
        assert total(errors) == 80_002

    def test_those_inside_share_the_names(self) -> None:
        lines = [{"amount": 1} | {f"x{number}": 1 for number in range(1000)}] * 50

        errors = errors_of({"product": "pen", "lines": lines})

        assert len(errors) < 2 * MOST_ERRORS
        assert {location[1] for location, _, _ in errors} == {*range(50)}
        assert total(errors) == 50_000

    def test_each_model_begins_anew(self) -> None:
        assert len(errors_of(MANY)) == len(errors_of(MANY)) == 1 + MOST_ERRORS


class TestValid:
    def test_taken(self) -> None:
        order = Order.model_validate({"product": "pen", "remark": "blue", "lines": [{"amount": 1}]})

        assert order == Order(product="pen", remark="blue", lines=[Line(amount=1)])

    @pytest.mark.parametrize("data", [None, [], "pen", 1])
    def test_no_object(self, data: object) -> None:
        assert [kind for _, kind, _ in errors_of(data)] == ["model_type"]
