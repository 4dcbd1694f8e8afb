"""/readyz, as far as the schema is concerned."""

from httpx2 import AsyncClient

from app.core.database.session import Database
from tests.support.schema import stamped


class TestCheckMigrations:
    async def test_current(self, live_client: AsyncClient) -> None:
        response = await live_client.get("/readyz")

        assert response.status_code == 200
        assert response.json()["checks"]["migrations"] == {"status": "ok"}

    async def test_behind_takes_the_process_out_of_service(
        self, live_client: AsyncClient, database: Database
    ) -> None:
        async with stamped(database, None):
            response = await live_client.get("/readyz")

        assert response.status_code == 503
        assert response.json()["checks"]["migrations"]["status"] == "unavailable"

    async def test_ahead_does_not(self, live_client: AsyncClient, database: Database) -> None:
        async with stamped(database, "from_tomorrow"):
            response = await live_client.get("/readyz")

        assert response.status_code == 200
        assert response.json()["status"] == "degraded"
        assert response.json()["checks"]["migrations"]["status"] == "degraded"
