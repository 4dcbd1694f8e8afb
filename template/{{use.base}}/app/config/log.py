"""What is logged, and how it looks."""

from typing import Literal

from pydantic import Field

from app.config.section import Environment, Section


class LogSettings(Section):
    """Level and format of the log on standard output."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", validation_alias="LOG_LEVEL"
    )
    format: Literal["json", "console"] | None = Field(default=None, validation_alias="LOG_FORMAT")

    @property
    def is_json(self) -> bool:
        """One JSON object a line: by default everywhere but in development."""
        if self.format is None:
            return self.environment is not Environment.DEVELOPMENT
        return self.format == "json"
