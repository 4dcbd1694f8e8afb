"""Nothing that is secret leaves the service, in an answer or in its log (ASVS 14.2, 16.2)."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast

from fastapi import FastAPI
from httpx2 import AsyncClient, TransportError

from app.core.lifespan import State
from app.schemas.accounts.auth import TokenPair
from tests.support.auth import ANONYMOUS, AUTH, ME, login, refresh, register, sign_in
from tests.support.mailbox import Mailbox
from tests.support.mails import token_for
from tests.support.server import listen, port_of, start_server
from tests.support.users import EMAIL, PASSWORD, Bearer, add_user, find_user

Schema = dict[str, object]

SECRET_WORDS: Final = ("password", "hash", "digest", "secret", "token")
NEW_PASSWORD: Final = "eight lazy otters"
WRONG_PASSWORD: Final = "nine lazy otters"


def properties(node: object, unseen: Schema) -> Iterator[str]:
    """Name every property below a part of the document, and of what it refers to, once each."""
    if isinstance(node, list):
        node = dict(enumerate(cast("list[object]", node)))
    if not isinstance(node, dict):
        return
    schema = cast("Schema", node)
    yield from cast("Schema", schema.get("properties", {}))
    referred = unseen.pop(str(schema.get("$ref", "")).rpartition("/")[2], None)
    for part in (referred, *schema.values()):
        yield from properties(part, unseen)


class TestDocument:
    def test_only_token_pairs_hold_secrets(self, app: FastAPI) -> None:
        """OWASP API3:2023."""
        document = app.openapi()
        components = document["components"]["schemas"]

        found = {
            (path, name)
            for path, methods in document["paths"].items()
            for operation in methods.values()
            for name in properties(operation["responses"], dict(components))
            if any(word in name for word in SECRET_WORDS)
        }

        issuing = (f"{AUTH}/login", f"{AUTH}/refresh", f"{ME}/password")
        names = ("access_token", "refresh_token", "token_type")
        assert found == {(path, name) for path in issuing for name in names}


class TestAnswers:
    async def test_no_secret(self, client: AsyncClient, state: State, mailbox: Mailbox) -> None:
        answers = [await register(client)]
        body = {"token": token_for(mailbox, EMAIL)}
        answers.append(await client.post(f"{AUTH}/verify", json=body, auth=ANONYMOUS))
        pair = await sign_in(client)
        bearer = Bearer(pair.access_token)
        answers += [await client.get(path, auth=bearer) for path in (ME, f"{AUTH}/sessions")]
        answers.append(await client.get("/api/v1/users"))

        user = await find_user(state)
        secrets = [PASSWORD, user.password_hash, body["token"], pair.access_token]
        for answer in answers:
            assert answer.is_success
            assert not any(secret in answer.text for secret in secrets)


async def use_everything(client: AsyncClient) -> list[str]:
    """Do what involves secrets, rightly and wrongly, and list them."""
    pair = await sign_in(client)
    await login(client, password=WRONG_PASSWORD)
    second = TokenPair.model_validate((await refresh(client, pair.refresh_token)).json())
    bearer = Bearer(second.access_token)
    await client.post(f"{ME}/password", json={"password": NEW_PASSWORD}, auth=bearer)
    body = {"current_password": PASSWORD, "password": NEW_PASSWORD}
    changed = await client.post(f"{ME}/password", json=body, auth=bearer)
    third = TokenPair.model_validate(changed.json())
    await refresh(client, second.refresh_token)
    await client.get(f"{ME}?access_token={third.access_token}", auth=Bearer(third.access_token))
    await register(client, password=WRONG_PASSWORD)
    tokens = [token for each in (pair, second, third) for token in each.model_dump().values()]
    return [PASSWORD, WRONG_PASSWORD, NEW_PASSWORD, *(str(each) for each in tokens)]


class TestLog:
    async def test_no_secret(self, live_state: State, tmp_path: Path) -> None:
        user = await add_user(live_state, EMAIL, password=PASSWORD)
        with listen() as taken:
            port = port_of(taken)
        with start_server(tmp_path, PORT=port, LOG_LEVEL="DEBUG") as process:
            # read meanwhile, since a full pipe would stop the service
            reading = asyncio.create_task(asyncio.to_thread(process.communicate))
            try:
                async with AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
                    await answering(client)
                    secrets = await use_everything(client)
            finally:
                process.terminate()
            output, errors = await reading

        secrets += [user.password_hash, state_key(live_state)]
        long_ones = [secret for secret in secrets if len(secret) > len("bearer")]
        assert f"{ME}/password" in output
        assert not any(secret in output + errors for secret in long_ones)


async def answering(client: AsyncClient) -> None:
    """Wait until the server answers."""
    async with asyncio.timeout(20):
        while True:
            try:
                await client.get("/healthz")
            except TransportError:
                await asyncio.sleep(0.05)
            else:
                return


def state_key(state: State) -> str:
    """Read the key that signs tokens."""
    return state["settings"].auth.signing_key
