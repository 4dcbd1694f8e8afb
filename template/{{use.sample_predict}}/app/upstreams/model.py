"""The model: a server that answers several texts at once, or one as a stream of tokens."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import timedelta
from http import HTTPStatus

from pydantic import BaseModel, ValidationError

from app.core.errors import AppError
from app.core.outgoing.calls import understood
from app.core.outgoing.errors import UpstreamInvalidError
from app.core.outgoing.upstream import Upstream


class InputRefusedError(AppError):
    """The model cannot make anything of a text."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "input_refused"

    def __init__(self) -> None:
        super().__init__("The model does not take this text.")


class Inputs(BaseModel):
    """What is asked."""

    inputs: Sequence[str]


class Output(BaseModel):
    """The answer to one text, or why there is none."""

    text: str | None = None
    error: str | None = None


class Outputs(BaseModel):
    """An answer to each, in order."""

    outputs: list[Output]


class Token(BaseModel):
    """A piece of a stream; the last one is ``done`` and says nothing."""

    text: str = ""
    done: bool = False


class Model:
    """Asks it. Each method raises what ``Upstream.send`` does."""

    def __init__(self, upstream: Upstream) -> None:
        self.upstream = upstream

    async def predict(self, texts: Sequence[str]) -> Sequence[str | Exception]:
        """Answer each text, or say that it is not taken; asked twice, it says the same."""
        response = await self.upstream.send(
            "POST", "/v1/predictions", body=Inputs(inputs=texts), is_repeatable=True
        )
        outputs = understood(response, Outputs).outputs
        if len(outputs) != len(texts):
            raise unusable()
        return [outcome(each) for each in outputs]

    async def stream(self, text: str, limit: timedelta) -> AsyncGenerator[str]:
        """Answer a text piece by piece, for ``limit`` at the most; raise InputRefusedError."""
        async with self.upstream.stream("/v1/stream", Inputs(inputs=[text]), limit=limit) as answer:
            require_success(answer.response.status_code)
            async with aclosing(answer.lines()) as lines:
                async for line in lines:
                    token = read(line)
                    if token.done:
                        return
                    yield token.text
        raise unusable()


def outcome(output: Output) -> str | Exception:
    """Tell an answer from a refusal."""
    return InputRefusedError() if output.text is None else output.text


def require_success(status: int) -> None:
    """Say whose fault it is that nothing comes."""
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        raise InputRefusedError
    if status != HTTPStatus.OK:
        raise unusable()


def read(line: bytes) -> Token:
    """Read a line of a stream."""
    try:
        return Token.model_validate_json(line)
    except ValidationError:
        raise unusable() from None


def unusable() -> UpstreamInvalidError:
    """Tell a client no more than it can make use of."""
    return UpstreamInvalidError("The model gave no usable answer.")
