"""The other end of all connections, without a network."""

from collections.abc import Callable

from httpx2 import AsyncBaseTransport, ByteStream, Request, Response

Answer = Callable[[Request], Response]


class FakeTransport(AsyncBaseTransport):
    """Has a function answer each request; what is sent of the answer is read as from a socket."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    async def handle_async_request(self, request: Request) -> Response:
        """Take the whole request, then answer."""
        await request.aread()
        answer = self._answer(request)
        stream = ByteStream(answer.content)
        return Response(answer.status_code, headers=answer.headers, stream=stream)
