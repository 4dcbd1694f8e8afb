"""/api/v1/predictions: whole answers."""

import asyncio
from datetime import timedelta

import pytest
from httpx2 import AsyncClient, Response

from app.core.lifespan import State
from app.schemas.prediction import LONGEST
from tests.support.model import PREDICTIONS, FakeModel, own_queue, small_model, until


class TestText:
    async def test_answer(self, client: AsyncClient) -> None:
        response = await client.post(PREDICTIONS, json={"text": "one two three"})

        assert response.status_code == 200
        assert response.json() == {"text": "three two one"}

    async def test_is_written_in_one_way(self, client: AsyncClient, fake_model: FakeModel) -> None:
        await client.post(PREDICTIONS, json={"text": "  a\u0308  \x00b\tc "})

        assert fake_model.asked == [["ä b c"]]

    async def test_long(self, client: AsyncClient, fake_model: FakeModel) -> None:
        """What takes long to prepare is prepared elsewhere, and as well."""
        await client.post(PREDICTIONS, json={"text": "a\u0308  " * 20_000})

        assert fake_model.asked == [[" ".join(["ä"] * 20_000)]]

    @pytest.mark.parametrize(
        "body",
        [{}, {"text": ""}, {"text": 1}, {"text": "a", "more": 1}, {"text": "a" * (LONGEST + 1)}],
        ids=["empty", "no text", "a number", "more", "too long"],
    )
    async def test_invalid(self, client: AsyncClient, body: dict[str, object]) -> None:
        response = await client.post(PREDICTIONS, json=body)

        assert (response.status_code, response.json()["code"]) == (422, "validation_failed")
        assert response.json()["errors"][0]["location"][0] == "body"

    @pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"text": "\xff"}'])
    async def test_broken(self, client: AsyncClient, content: bytes) -> None:
        headers = {"Content-Type": "application/json"}
        response = await client.post(PREDICTIONS, content=content, headers=headers)

        assert (response.status_code, response.json()["code"]) == (422, "validation_failed")

    async def test_nothing_but_spaces(self, client: AsyncClient) -> None:
        response = await client.post(PREDICTIONS, json={"text": " \n "})

        assert (response.status_code, response.json()["code"]) == (422, "unfit_input")

    async def test_neither_json_nor_a_form(self, client: AsyncClient) -> None:
        response = await client.post(PREDICTIONS, content="one two")

        assert (response.status_code, response.json()["code"]) == (415, "unsupported_type")


class TestFile:
    async def test_answer(self, client: AsyncClient) -> None:
        response = await client.post(PREDICTIONS, files={"file": ("a.txt", b"one two")})

        assert response.json() == {"text": "two one"}

    @pytest.mark.parametrize(
        ("content", "code"), [(b"\xff\xfe", "unfit_input"), (b"", "unfit_input")]
    )
    async def test_no_text(self, client: AsyncClient, content: bytes, code: str) -> None:
        response = await client.post(PREDICTIONS, files={"file": ("a.txt", content)})

        assert (response.status_code, response.json()["code"]) == (422, code)

    async def test_too_long(self, client: AsyncClient) -> None:
        content = b"a" * (LONGEST + 1)
        response = await client.post(PREDICTIONS, files={"file": ("a.txt", content)})

        assert (response.status_code, response.json()["code"]) == (422, "unfit_input")

    async def test_another_field(self, client: AsyncClient) -> None:
        response = await client.post(PREDICTIONS, files={"picture": ("a.txt", b"one")})

        assert (response.status_code, response.json()["code"]) == (422, "file_missing")

    @pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
    async def test_broken(self, client: AsyncClient, kind: str) -> None:
        headers = {"Content-Type": kind}
        response = await client.post(PREDICTIONS, content=b"no form", headers=headers)

        assert (response.status_code, response.json()["code"]) == (400, "bad_request")


class TestModel:
    @pytest.mark.parametrize(
        ("answer", "status", "code"),
        [
            (Response(500, text="a secret"), 502, "upstream_unavailable"),
            (Response(200, text="a secret"), 502, "upstream_invalid"),
            (Response(200, json={"outputs": []}), 502, "upstream_invalid"),
            (Response(422, text="a secret"), 502, "upstream_invalid"),
            (Response(200, json={"outputs": [{"error": "a secret"}]}), 422, "input_refused"),
        ],
    )
    async def test_fails(
        self,
        client: AsyncClient,
        fake_model: FakeModel,
        answer: Response,
        status: int,
        code: str,
    ) -> None:
        fake_model.failing = answer

        response = await client.post(PREDICTIONS, json={"text": "one"})

        assert (response.status_code, response.json()["code"]) == (status, code)
        assert "secret" not in response.text

    async def test_too_slow(self, client: AsyncClient, state: State) -> None:
        """The call is ended as well."""
        async with small_model(state, 60, timeout=timedelta(seconds=1)) as model:
            response = await client.post(PREDICTIONS, json={"text": "one"})

            assert (response.status_code, response.json()["code"]) == (504, "upstream_timeout")
            await until(lambda: model.total == 1 and not model.running)


class TestTogether:
    async def test_each_its_own(
        self, anybody: AsyncClient, state: State, fake_model: FakeModel
    ) -> None:
        """What comes at once is asked at once, and one that is refused fails alone."""
        texts = ["one two", "refuse this", "three four"]
        async with own_queue(state, batch_wait=timedelta(minutes=1), batch_size=len(texts)):
            answers = await asyncio.gather(
                *(anybody.post(PREDICTIONS, json={"text": text}) for text in texts)
            )

        assert [each.status_code for each in answers] == [200, 422, 200]
        assert answers[2].json() == {"text": "four three"}
        assert sorted(fake_model.asked[0]) == sorted(texts)
        assert len(fake_model.asked) == 1
