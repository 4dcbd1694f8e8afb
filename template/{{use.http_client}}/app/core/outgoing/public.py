"""Calls to addresses that a user names: to the public web alone (OWASP API7:2023)."""

from collections.abc import Mapping
from typing import Final

import structlog
from httpx2 import AsyncClient, InvalidURL, Request, Response

from app.config.outgoing import PublicWebSettings
from app.core.outgoing.allowance import Allowance
from app.core.outgoing.errors import FailedAttempt, UrlRefusedError
from app.core.outgoing.fetching import fetch, invalid

log = structlog.stdlib.get_logger()

MOST_REDIRECTS: Final = 5
SCHEMES: Final = frozenset({"http", "https"})


class PublicWeb:
    """A client for what anybody may reach, and for nothing that this service alone can reach.

    It repeats nothing, sends no id of this service, and keeps no cookie.
    """

    def __init__(self, settings: PublicWebSettings, client: AsyncClient) -> None:
        self._settings = settings
        self._client = client

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> Response:
        """Call it and follow redirects, each held to the same rule; return whatever is answered.

        Raises UrlRefusedError for what is not on the public web, UpstreamUnavailableError,
        UpstreamInvalidError for too many redirects or bytes, and UpstreamTimeoutError.
        """
        try:
            request = self._client.build_request(method, url, headers=headers, content=content)
        except InvalidURL as error:
            raise UrlRefusedError("This is no URL.") from error
        allowance = Allowance.of(self._settings.timeout)
        try:
            async with allowance.limited():
                return await self._follow(request)
        except FailedAttempt as failed:
            log.info("public call failed", reason=failed.reason)
            raise failed.error from failed

    async def _follow(self, request: Request | None) -> Response:
        """Go on to where it is."""
        for _ in range(1 + MOST_REDIRECTS):
            if request is None:
                break
            response = await fetch(self._client, checked(request), self._settings.max_body_size)
            if not response.has_redirect_location:
                return response
            request = response.next_request
        raise invalid("redirects")


def checked(request: Request) -> Request:
    """Refuse another protocol, and passwords that a user makes this service send."""
    if request.url.scheme not in SCHEMES or not request.url.host or request.url.userinfo:
        raise UrlRefusedError("Use http:// or https://, a host, and no user.")
    return request
