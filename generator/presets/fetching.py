"""A preset from an address: over HTTPS only, not for long, and not much."""

import threading
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit

from generator.errors import PresetError
from generator.presets.reading import MAX_BYTES

TIME_LIMIT = 10.0
"""Seconds within which it has to be here, from the first packet to the last."""

_HEADERS = {"Accept": "application/yaml, text/plain, */*", "User-Agent": "groundplan"}


class _HttpsOnly(urllib.request.HTTPRedirectHandler):
    def redirect_request(  # noqa: PLR0913, PLR0917 -- as the base class has it
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme != "https":
            fp.close()
            _refuse_insecure(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(address: str, time_limit: float = TIME_LIMIT) -> bytes:
    """Return what is there, up to one byte more than a preset may have.

    The time limit of a socket starts anew with every packet, so it does not stop a server that
    sends a byte now and then. Hence a thread of its own, which the process does not wait for.
    """
    _refuse_insecure(address)
    outcome: list[bytes | Exception] = []
    thread = threading.Thread(target=_collect, args=(address, time_limit, outcome), daemon=True)
    thread.start()
    thread.join(time_limit)
    if not outcome:
        raise PresetError(
            f"{address} takes longer than {time_limit:g} s: try again, or save the file"
        )
    if isinstance(outcome[0], PresetError):
        raise outcome[0]
    if isinstance(outcome[0], Exception):
        raise PresetError(f"{address} cannot be fetched: {_reason(outcome[0])}") from outcome[0]
    return outcome[0]


def _collect(address: str, time_limit: float, outcome: list[bytes | Exception]) -> None:
    try:
        outcome.append(_content(address, time_limit))
    except (OSError, HTTPException, ValueError, PresetError) as error:
        outcome.append(error)


def _content(address: str, time_limit: float) -> bytes:
    request = urllib.request.Request(address, headers=_HEADERS)  # noqa: S310 -- https alone gets here
    opener = urllib.request.build_opener(_HttpsOnly)
    try:
        with opener.open(request, timeout=time_limit) as response:
            content: bytes = response.read(MAX_BYTES + 1)
    except HTTPError as error:
        error.close()  # it is a response too
        raise
    return content


def _refuse_insecure(address: str) -> None:
    parts: Mapping[str, str | None] = urlsplit(address)._asdict()
    if parts["scheme"] != "https" or not parts["netloc"]:
        raise PresetError(f"{address} is not fetched: a preset comes over https:// only")


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()).removeprefix("<urlopen error ").removesuffix(">")
