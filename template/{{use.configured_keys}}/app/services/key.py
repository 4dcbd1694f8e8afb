"""Who a key belongs to."""

from collections.abc import Sequence

from app.config.api_keys import ConfiguredKey
from app.core.security.keys import InvalidKeyError, Key
from app.schemas.principal import Principal
from app.schemas.scope import permissions_in


class KeyService:
    """Looks keys up in the settings (ASVS 5, chapter 6; OWASP API2:2023)."""

    def __init__(self, keys: Sequence[ConfiguredKey]) -> None:
        self.keys = keys

    async def principal_of(self, key: Key) -> Principal:
        """Find whose key it is, or raise InvalidKeyError; every key is compared."""
        found = [each for each in self.keys if key.matches(each.digest)]
        if not found:
            raise InvalidKeyError
        return Principal(found[0].name, permissions_in(found[0].scopes))
