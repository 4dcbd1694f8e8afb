"""Access tokens that nobody may believe, each made from one that is genuine."""

import json
from collections.abc import Callable, Mapping
from time import time
from typing import Final, cast

from jwt.api_jws import PyJWS
from jwt.utils import base64url_decode

from app.config.auth import AuthSettings

HOUR: Final = 3600
OTHER_KEY: Final = "the key of somebody else who signs in vain"
ACCESS: Final = {"typ": "at+jwt"}

Claims = dict[str, object]
Forgery = Callable[[str, AuthSettings], str]


def claims_of(token: str) -> Claims:
    """Read what a token says, whoever signed it."""
    return cast("Claims", json.loads(base64url_decode(token.split(".")[1])))


def sign(
    claims: object, key: str, algorithm: str = "HS256", header: Mapping[str, object] = ACCESS
) -> str:
    """Sign whatever there is, sense or nonsense."""
    payload = json.dumps(claims).encode()
    return PyJWS().encode(payload, key, algorithm, headers=dict(header))


def changed(**changes: object) -> Forgery:
    """Change claims, and sign with the right key."""
    return lambda token, settings: sign(claims_of(token) | changes, settings.signing_key)


def without(name: str) -> Forgery:
    """Leave out a claim, and sign with the right key."""

    def forge(token: str, settings: AuthSettings) -> str:
        claims = claims_of(token)
        del claims[name]
        return sign(claims, settings.signing_key)

    return forge


def typed(name: str) -> Forgery:
    """Call it another kind of token, and sign with the right key."""
    return lambda token, settings: sign(
        claims_of(token), settings.signing_key, header={"typ": name}
    )


def tampered(token: str, settings: AuthSettings) -> str:
    """Put another subject under the genuine signature."""
    header, _, signature = token.split(".")
    payload = changed(sub="1000000")(token, settings).split(".")[1]
    return f"{header}.{payload}.{signature}"


def garbage(text: str) -> Forgery:
    """Send something else."""
    return lambda _, __: text


CLAIMS: Final = ("iss", "aud", "exp", "iat", "jti", "sub", "sid")
NONSENSE: Final[Mapping[str, object]] = {
    "null": None,
    "a list": [],
    "an object": {"a": 1},
    "a number": 10**18,
    "a huge number": 10**30,
    "infinite": float("inf"),
    "empty": "",
    "a NUL": "\0" * 32,
    "long": "9" * 5000,
}

FORGERIES: Final[dict[str, Forgery]] = {
    "unsigned": lambda token, _: sign(claims_of(token), "", "none"),
    "signature left out": lambda token, _: token.rpartition(".")[0] + ".",
    "wrong key": lambda token, _: sign(claims_of(token), OTHER_KEY),
    "wrong algorithm": lambda token, settings: sign(
        claims_of(token), settings.signing_key, "HS512"
    ),
    "tampered": tampered,
    "wrong issuer": changed(iss="somebody else"),
    "wrong audience": changed(aud="somebody else"),
    "more audiences": lambda token, settings: changed(aud=[settings.audience])(token, settings),
    "refresh token": typed("rt+jwt"),
    "token without a type": typed("JWT"),
    "expired": changed(exp=int(time()) - HOUR),
    "not yet valid": changed(nbf=int(time()) + HOUR),
    "issued in the future": changed(iat=int(time()) + HOUR),
    **{f"no {name}": without(name) for name in CLAIMS},
    **{
        f"{name} is {what}": changed(**{name: value})
        for name in ("iss", "aud", "exp", "iat")
        for what, value in NONSENSE.items()
    },
    **{
        f"{name} is {what}": changed(**{name: value})
        for name in ("jti", "sub", "sid")
        for what, value in NONSENSE.items()
    },
    "claims are no object": lambda _, settings: sign(["sub"], settings.signing_key),
    "empty": garbage(""),
    "two parts": garbage("a.b"),
    "no text": garbage("\x7f.\x80\xff.\xe9"),
    "nested": garbage("W1tb" * 500 + ".e30.AAAA"),
    "huge": changed(scope="x" * 2048),
}
