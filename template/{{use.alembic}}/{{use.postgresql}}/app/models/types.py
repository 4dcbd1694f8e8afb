"""Column types, as PostgreSQL wants them."""

from sqlalchemy import BigInteger, DateTime

Key = BigInteger
Moment = DateTime(timezone=True)
