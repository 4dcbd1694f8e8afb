"""Column types, as MySQL wants them."""

from datetime import datetime

from sqlalchemy import BigInteger, TypeDecorator
from sqlalchemy.dialects.mysql import DATETIME

Key = BigInteger


class Moment(TypeDecorator[datetime]):
    """A moment, to the microsecond, which the engine gives back in UTC."""

    impl = DATETIME(fsp=6)
    cache_ok = True
