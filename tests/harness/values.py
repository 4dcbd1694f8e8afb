"""What an option can be answered with."""

from typing import TypeAlias

Value: TypeAlias = str | bool
