"""Redis as the broker."""

from datetime import timedelta
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator

from app.config.password import with_password
from app.config.section import Seconds
from app.config.tasks import TaskSettings


def check_url(url: SecretStr) -> SecretStr:
    """Refuse what is no Redis URL."""
    if urlsplit(url.get_secret_value()).scheme not in {"redis", "rediss", "redis+socket"}:
        raise ValueError("use the form redis://user:password@host:6379/0")
    return url


class CelerySettings(TaskSettings):
    """Where the broker is, and when it takes a worker for lost."""

    password: SecretStr | None = Field(default=None, validation_alias="CELERY_BROKER_PASSWORD")
    url: Annotated[SecretStr, AfterValidator(check_url), AfterValidator(with_password)] = Field(
        default=..., validation_alias="CELERY_BROKER_URL"
    )
    visibility_timeout: Seconds = Field(
        default=timedelta(minutes=3), validation_alias="CELERY_VISIBILITY_TIMEOUT"
    )

    @model_validator(mode="after")
    def outlast_tasks(self) -> Self:
        """Refuse to hand out again what may still run, or still waits for its next attempt."""
        if self.visibility_timeout <= max(self.time_limit, self.longest_pause):
            raise ValueError(
                "CELERY_VISIBILITY_TIMEOUT has to exceed CELERY_TASK_TIMEOUT by more than 10,"
                " and CELERY_LONGEST_PAUSE"
            )
        return self
