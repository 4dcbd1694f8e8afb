"""A client's walk through a running service, as its users and its platform see it."""

from collections.abc import Mapping
from typing import Final, Self

import httpx2

PROBLEM: Final = "application/problem+json"
MEMBERS: Final = {"type", "title", "status", "detail", "code", "request_id"}
HEADERS: Final = {"x-request-id", "x-content-type-options", "x-frame-options", "referrer-policy"}


class Walker:
    """A client that takes no answer at face value: each must keep to the service's contract."""

    def __init__(self, url: str, credentials: Mapping[str, str] | None = None) -> None:
        self.client = httpx2.Client(base_url=url, headers=dict(credentials or {}), timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def expect(
        self,
        status: int,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        **headers: str,
    ) -> httpx2.Response:
        """Send a request; ``if_match="x"`` is the header If-Match. Check all that always holds."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.client.request(method, path, json=body, headers=sent)
        said = f"{method} {path} answered {answer.status_code}"
        assert answer.status_code == status, f"{said}, not {status}: {answer.text[:500]}"
        missing = HEADERS - set(answer.headers)
        assert not missing, f"{said} without the headers {sorted(missing)}"
        if status >= 400:
            check_problem(answer, said)
        return answer


def check_problem(answer: httpx2.Response, said: str) -> None:
    """An error is described as RFC 9457 wants it, under the id that its header shows."""
    kind = answer.headers.get("content-type", "")
    assert kind.startswith(PROBLEM), f"{said} as {kind}, not as {PROBLEM}"
    body = answer.json()
    assert body.keys() >= MEMBERS, f"{said} without {sorted(MEMBERS - body.keys())}"
    assert body["status"] == answer.status_code, f"{said} with the status {body['status']}"
    assert body["request_id"] == answer.headers["x-request-id"], f"{said} under another id"


def walk_core(walker: Walker) -> None:
    """What every service answers in production."""
    walk_probes(walker)
    walk_errors(walker)
    walk_request_ids(walker)
    walker.expect(404, "GET", "/docs")
    walker.expect(404, "GET", "/openapi.json")


def walk_probes(walker: Walker) -> None:
    """Alive, and ready in every respect."""
    assert walker.expect(200, "GET", "/healthz").json() == {"status": "ok"}
    body = walker.expect(200, "GET", "/readyz").json()
    assert body["status"] == "ok", f"/readyz is not well: {body}"
    assert all(check["status"] == "ok" for check in body["checks"].values()), f"/readyz: {body}"


def walk_errors(walker: Walker) -> None:
    """What the framework refuses is a problem as well."""
    assert walker.expect(404, "GET", "/no/such/path").json()["code"] == "not_found"
    refused = walker.expect(405, "DELETE", "/healthz")
    assert refused.json()["code"] == "method_not_allowed"
    assert "GET" in refused.headers["allow"], "405 without the methods that are allowed"


def walk_request_ids(walker: Walker) -> None:
    """A client's id is kept when it is well-formed, and each request has one of its own."""
    kept = walker.expect(200, "GET", "/healthz", x_request_id="walk-1").headers["x-request-id"]
    assert kept == "walk-1", f"X-Request-ID walk-1 became {kept}"
    replaced = walker.expect(200, "GET", "/healthz", x_request_id="not {one}")
    other = walker.expect(200, "GET", "/healthz")
    ids = {"not {one}", replaced.headers["x-request-id"], other.headers["x-request-id"]}
    assert len(ids) == 3, f"X-Request-ID is not unique: {ids}"


def walk_docs(walker: Walker) -> None:
    """The documentation is there, and every operation in it says what its errors look like."""
    page = walker.expect(200, "GET", "/docs")
    assert page.headers["content-type"].startswith("text/html"), "/docs is not a page"
    document = walker.expect(200, "GET", "/openapi.json").json()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            refusal = operation["responses"].get("422", {"content": {PROBLEM: {}}})
            assert PROBLEM in refusal["content"], f"{method} {path} documents another 422"
