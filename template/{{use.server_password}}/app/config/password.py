"""A password that is handed over beside its URL, so that any sign may stand in it."""

from urllib.parse import quote, urlsplit

from pydantic import SecretStr, ValidationInfo


def with_password(url: SecretStr, info: ValidationInfo) -> SecretStr:
    """Give a URL that has no password the one of its section, in which any sign may stand."""
    password: SecretStr | None = info.data.get("password")
    parts = urlsplit(url.get_secret_value())
    user, _, host = parts.netloc.rpartition("@")
    if password is None or ":" in user:
        return url
    encoded = quote(password.get_secret_value(), safe="")
    return SecretStr(parts._replace(netloc=f"{user}:{encoded}@{host}").geturl())
