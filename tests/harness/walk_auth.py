"""The walk through what a service knows of its clients."""

from typing import Final
from urllib.parse import urlencode

import httpx2

from tests.harness.identity import EMAIL, PASSWORD, bearer, login
from tests.harness.walk import Walker, check_problem
from tests.harness.walk_items import ITEMS

ME: Final = "/api/v1/me"
AUTH: Final = "/api/v1/auth"
KEYS: Final = "/api/v1/api-keys"


def walk_principal(admin: Walker, anybody: Walker) -> None:
    """Whoever has a credential is known, and nobody else."""
    refused = anybody.expect(401, "GET", ME)
    assert refused.headers["www-authenticate"], "401 without WWW-Authenticate"
    assert admin.expect(200, "GET", ME).json()["subject"], f"{ME} knows no subject"


def walk_guarded_items(_: Walker, anybody: Walker) -> None:
    """Nobody sees or changes an item without a credential, whatever else is wrong."""
    anybody.expect(401, "GET", ITEMS)
    anybody.expect(401, "GET", f"{ITEMS}/987654321")
    anybody.expect(401, "POST", ITEMS, {"name": ""})


def walk_sign_in(admin: Walker, anybody: Walker) -> None:
    """Passwords, access tokens and refresh tokens, and their end."""
    refuse_sign_in(anybody)
    assert admin.expect(200, "GET", "/api/v1/users/me").json()["email"] == EMAIL
    refuse_tokens(anybody)
    url = str(anybody.client.base_url)
    with Walker(url, bearer(login(url, EMAIL))) as session:
        session.expect(200, "GET", ME)
        session.expect(204, "POST", f"{AUTH}/logout")
        session.expect(401, "GET", ME)
    walk_rotation(anybody)


def walk_rotation(anybody: Walker) -> None:
    """A refresh token is good for one time; when it comes again, its session has ended."""
    first = sign_in(anybody, PASSWORD).json()["refresh_token"]
    second = anybody.expect(200, "POST", f"{AUTH}/refresh", {"refresh_token": first}).json()
    anybody.expect(200, "GET", ME, authorization=f"Bearer {second['access_token']}")
    anybody.expect(401, "POST", f"{AUTH}/refresh", {"refresh_token": first})
    anybody.expect(401, "GET", ME, authorization=f"Bearer {second['access_token']}")
    latest = {"refresh_token": second["refresh_token"]}
    anybody.expect(401, "POST", f"{AUTH}/refresh", latest)


def refuse_sign_in(anybody: Walker) -> None:
    """A wrong password and an unknown account look alike."""
    wrong = sign_in(anybody, "not the password of the walk")
    unknown = sign_in(anybody, PASSWORD, email="nobody@example.com")
    told = [{**answer.json(), "request_id": ""} for answer in (wrong, unknown)]
    assert wrong.status_code == unknown.status_code == 401, told
    assert told[0] == told[1], f"an unknown account is told of: {told}"
    check_problem(wrong, "a wrong password")


def refuse_tokens(anybody: Walker) -> None:
    """What is no access token is refused, and is no error of the service."""
    for token in ("-", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "x" * 4000):
        anybody.expect(401, "GET", ME, authorization=f"Bearer {token}")


def sign_in(walker: Walker, password: str, email: str = EMAIL) -> httpx2.Response:
    """Send the form of OAuth2's password flow."""
    form = urlencode({"username": email, "password": password})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return walker.client.post(f"{AUTH}/login", content=form, headers=kind)


def walk_keys(admin: Walker, anybody: Walker) -> None:
    """A key is shown once, opens what it is scoped for, and nothing once it is revoked."""
    made = admin.expect(201, "POST", KEYS, {"name": "walk", "scopes": []}).json()
    key = made["key"]
    listed = admin.expect(200, "GET", KEYS)
    assert key not in listed.text, "a key is shown twice"
    assert anybody.expect(200, "GET", ME, x_api_key=key).json()["permissions"] == []
    anybody.expect(403, "POST", KEYS, {"name": "more", "scopes": []}, x_api_key=key)
    anybody.expect(401, "GET", ME, x_api_key=f"{key[:-4]}AAAA")
    admin.expect(204, "DELETE", f"{KEYS}/{made['id']}")
    anybody.expect(401, "GET", ME, x_api_key=key)
