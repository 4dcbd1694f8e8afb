"""app.models: where tables are declared."""

from app.core.modules import find
from tests.support.findings import expect_none


class TestModels:
    def test_each_is_found(self) -> None:
        expect_none(
            f"{kind.__module__}.{kind.__name__} is not found: move it to app/models/"
            for kind in find("app", type)
            if "__table__" in vars(kind) and not kind.__module__.startswith("app.models.")
        )
