"""app.dependencies.auth: what a route requires of whoever asks."""

from fastapi import APIRouter, FastAPI
from httpx2 import ASGITransport, AsyncClient

from app.dependencies.auth import CurrentPrincipal, require
from app.dependencies.principal import get_principal
from app.schemas.permissions.base import Permission
from app.schemas.principal import Principal


class FlightPermission(Permission):
    """What a route of this test requires."""

    READ = "flights:read", "See flights."
    WRITE = "flights:write", "Change flights."


class TestRequire:
    async def test_who_asks_is_found_out_once(self) -> None:
        asked: list[Principal] = []
        app = FastAPI()
        router = APIRouter(dependencies=[require(FlightPermission.READ)])

        async def find() -> Principal:
            asked.append(Principal("ada", frozenset(FlightPermission)))
            return asked[-1]

        @router.get("/flights", dependencies=[require(FlightPermission.WRITE)])
        async def flights(principal: CurrentPrincipal) -> str:  # pyright: ignore[reportUnusedFunction]
            return principal.subject

        app.include_router(router)
        app.dependency_overrides[get_principal] = find
        async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
            response = await client.get("/flights")

        assert response.json() == "ada"
        assert len(asked) == 1
