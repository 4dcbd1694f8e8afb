"""What a PostgreSQL URL may say behind its question mark: libpq's words, as asyncpg has them."""

import os
import re
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

ANYTHING: Final = r".*"
NUMBER: Final = r"\d+"

# asyncpg knows it
HANDED_ON: Final = {
    **dict.fromkeys(("application_name", "dbname", "options", "password", "user"), ANYTHING),
    **dict.fromkeys(("host", "krbsrvname", "gsslib", "passfile", "service"), ANYTHING),
    **dict.fromkeys(("sslcert", "sslcrl", "sslkey", "sslpassword", "sslrootcert"), ANYTHING),
    **dict.fromkeys(("ssl_min_protocol_version", "ssl_max_protocol_version"), r"TLSv1(\.[123])?"),
    "port": r"\d+(,\d+)*",
    "sslmode": "disable|allow|prefer|require|verify-ca|verify-full",
    "sslnegotiation": "postgres|direct",
    "target_session_attrs": "any|read-write|read-only|primary|standby|prefer-standby",
}

# asks for what holds anyway, or is read here
LEFT_OUT: Final = {
    "channel_binding": "disable|prefer",
    "client_encoding": r"auto|(?i:utf-?8)",
    "connect_timeout": NUMBER,
    "fallback_application_name": ANYTHING,
    "gssdelegation": "0",
    "gssencmode": "disable|prefer",
    "load_balance_hosts": "disable",
    "sslcertmode": "allow",
    "sslcompression": "0|1",
    "sslsni": "1",
}

# asyncpg cannot do it, which is said at the start
NOT_KEPT: Final = {
    "channel_binding": "require",
    **dict.fromkeys(("keepalives", "keepalives_idle", "keepalives_interval"), NUMBER),
    **dict.fromkeys(("keepalives_count", "tcp_user_timeout"), NUMBER),
}

KNOWN: Final = (HANDED_ON, LEFT_OUT, NOT_KEPT)
SYSTEM: Final = "system"


def parameters(url: str) -> dict[str, str]:
    """Read them; of what is said twice, the last holds."""
    query = urlsplit(url).query.replace("+", "%2B")  # libpq knows no other space than %20
    return dict(parse_qsl(query, keep_blank_values=True))


def check_parameters(url: str) -> None:
    """Raise ValueError for what would not be kept without anybody knowing."""
    found = parameters(url)
    for name, value in found.items():
        if not any(matches(name, value, known) for known in KNOWN):
            raise ValueError(
                f"take out {name}, or give it another value: this service can do nothing with it"
                " (a setting of the server's goes into options=-c%20name=value)"
            )
    check_certificates(found)


def matches(name: str, value: str, known: dict[str, str]) -> bool:
    """Whether a parameter is one of these, with a value that it may have."""
    return name in known and re.fullmatch(known[name], value) is not None


def check_certificates(found: dict[str, str]) -> None:
    """Raise ValueError unless that is there against which the server is checked."""
    named = found.get("sslrootcert") or os.environ.get("PGSSLROOTCERT")
    if named == SYSTEM:
        return
    file = Path(named or Path.home() / ".postgresql/root.crt")
    if (named or found.get("sslmode", "").startswith("verify-")) and not file.is_file():
        raise ValueError(
            "there is no root certificate to check the server against: name the file with"
            " sslrootcert, or sslrootcert=system for the certificates of this machine"
        )


def trusts_system(url: str) -> bool:
    """Whether the server is checked against the certificates of this machine."""
    return parameters(url).get("sslrootcert") == SYSTEM


def handed_on(url: str) -> str:
    """Give the URL with what asyncpg knows."""
    names = HANDED_ON.keys() - ({"sslmode", "sslrootcert"} if trusts_system(url) else set())
    kept = {name: value for name, value in parameters(url).items() if name in names and value}
    return urlsplit(url)._replace(query=urlencode(kept)).geturl()


def not_kept(url: str) -> list[str]:
    """Name what is asked for in vain."""
    return [name for name, value in parameters(url).items() if matches(name, value, NOT_KEPT)]
