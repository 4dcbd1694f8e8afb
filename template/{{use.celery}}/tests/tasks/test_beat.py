"""app.tasks.beat: what is due is sent; a broker that is down is no reason to end."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.config.settings import Settings
from app.core.tasks.celery import create_celery
from app.tasks import beat
from app.tasks.beat import TaskScheduler, schedule
from tests.support.log import captured_log
from tests.support.worker import ROOT, until


def test_schedule() -> None:
    entries = schedule()

    assert "dead_tasks.watch" in entries
    assert all(entry["task"] == name and entry["schedule"] for name, entry in entries.items())


def test_without_a_broker(settings: Settings) -> None:
    scheme, _, __ = settings.celery.url.get_secret_value().partition(":")
    nowhere = SecretStr(f"{scheme.partition('+')[0]}://127.0.0.1:1//")
    celery = create_celery(settings.celery.model_copy(update={"url": nowhere}))
    celery.conf.beat_schedule = schedule()
    scheduler = TaskScheduler(celery)

    with captured_log(beat) as lines:
        for entry in list(scheduler.schedule.values()):
            scheduler.apply_entry(entry)

    assert {line["event"] for line in lines} == {"periodic task not sent"}


@pytest.mark.slow
@pytest.mark.usefixtures("settings")
async def test_process(tmp_path: Path) -> None:
    heart = tmp_path / "heart"
    process = subprocess.Popen(  # noqa: ASYNC220 - ours
        [sys.executable, "-m", "app.cli", "beat"],
        cwd=tmp_path,  # where there is no .env
        env={**os.environ, "PYTHONPATH": str(ROOT), "CELERY_HEARTBEAT_FILE": str(heart)},
    )
    await until(heart.exists)

    process.send_signal(signal.SIGTERM)

    assert process.wait(10) == 0
    assert not heart.exists()
