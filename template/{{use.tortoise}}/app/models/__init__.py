"""The tables: what the modules of this package declare, so that a migration misses none."""

from tortoise import Model

from app.core.modules import find

__models__ = find(__name__, type(Model))
