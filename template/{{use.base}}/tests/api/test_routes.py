"""The routes of the API, in the order in which a request tries them."""

from itertools import combinations

from fastapi.routing import APIRoute

from app.api import v1


class TestOrder:
    def test_none_hides_another(self) -> None:
        """What is fixed, such as /things/latest, has to come before /things/{thing_id}."""
        routes = [each for router in v1.ROUTERS for each in router.routes]
        pairs = combinations((each for each in routes if isinstance(each, APIRoute)), 2)

        assert [f"{one.path} hides {two.path}" for one, two in pairs if hides(one, two)] == []


def hides(one: APIRoute, two: APIRoute) -> bool:
    """Whether the first takes what was meant for the second."""
    methods = {*(one.methods or ())} & {*(two.methods or ())}
    return bool(methods and one.path_regex.match(two.path))
