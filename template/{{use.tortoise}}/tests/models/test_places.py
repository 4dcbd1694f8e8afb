"""app.models: where tables are declared."""

from tortoise import Model

from app.core.modules import find
from app.models import __models__
from tests.support.findings import expect_none


class TestModels:
    def test_each_is_found(self) -> None:
        expect_none(
            f"{kind.__module__}.{kind.__name__} is not found: move it to app/models/"
            for kind in find("app", type(Model))
            if kind not in {Model, *__models__}
        )
