"""Column types, as MySQL wants them."""

from sqlalchemy import BigInteger
from sqlalchemy.dialects.mysql import DATETIME

Key = BigInteger
Moment = DATETIME(fsp=6)  # to the microsecond; without, to the second
