"""The routes of the API, in the order in which a request tries them."""

from itertools import combinations

from fastapi.routing import APIRoute

from app.api import v1


class TestOrder:
    def test_none_hides_another(self) -> None:
        """What is fixed, such as /things/latest, has to come before /things/{thing_id}."""
        routes = [each for router in v1.ROUTERS for each in router.routes]
        pairs = combinations((each for each in routes if isinstance(each, APIRoute)), 2)

        assert [
            f"{first.path} hides {later.path}"
            for first, later in pairs
            if first.methods & later.methods and first.path_regex.match(later.path)
        ] == []
