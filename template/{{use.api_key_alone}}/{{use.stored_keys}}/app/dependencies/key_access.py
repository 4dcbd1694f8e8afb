"""Who makes and ends keys."""

from typing import Annotated

from app.dependencies.auth import require
from app.schemas.permissions.keys import KeyPermission
from app.schemas.principal import Principal

KeyMaker = Annotated[Principal, require(KeyPermission.WRITE)]
