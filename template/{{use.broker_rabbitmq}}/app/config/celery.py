"""RabbitMQ as the broker."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

from app.config.password import with_password
from app.config.tasks import TaskSettings


def check_url(url: SecretStr) -> SecretStr:
    """Refuse what is no RabbitMQ URL."""
    if urlsplit(url.get_secret_value()).scheme not in {"amqp", "amqps"}:
        raise ValueError("use the form amqp://user:password@host:5672/vhost")
    return url


class CelerySettings(TaskSettings):
    """Where the broker is."""

    password: SecretStr | None = Field(default=None, validation_alias="CELERY_BROKER_PASSWORD")
    url: Annotated[SecretStr, AfterValidator(check_url), AfterValidator(with_password)] = Field(
        default=..., validation_alias="CELERY_BROKER_URL"
    )
