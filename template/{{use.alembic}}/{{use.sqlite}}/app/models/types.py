"""Column types, as SQLite wants them."""

from sqlalchemy import DateTime, Integer

Key = Integer  # the only type that SQLite numbers by itself; it has 64 bits
Moment = DateTime(timezone=True)
