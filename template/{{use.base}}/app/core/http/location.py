"""Where answers lead: below the prefix, and to no host that a request made up."""

from collections.abc import Iterable

from starlette.datastructures import URL
from starlette.types import Scope

Headers = list[tuple[bytes, bytes]]


def at_home(headers: Iterable[tuple[bytes, bytes]], scope: Scope, root_path: str) -> Headers:
    """Make a Location that means this service a path (RFC 9110, section 10.2.2).

    A redirect of the framework repeats the Host and the scheme of the request, and neither has to
    be what the client sees: a proxy may not say it, and anybody may say anything.
    """
    return [
        (name, path_of(value.decode("latin-1"), scope, root_path).encode("latin-1"))
        if name == b"location"
        else (name, value)
        for name, value in headers
    ]


def path_of(location: str, scope: Scope, root_path: str) -> str:
    """Cut the service's own origin off and put the prefix in front; what is elsewhere stays."""
    origin = str(URL(scope={**scope, "path": "/", "query_string": b""})).removesuffix("/")
    path = location.removeprefix(origin)
    if path != location:
        path = "/" + path.lstrip("/")  # "//host" would be another host
    if not path.startswith("/") or path.startswith(("//", f"{root_path}/")):
        return path
    return root_path + path
