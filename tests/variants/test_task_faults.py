"""What tasks promise when workers, brokers and databases fail: for each broker and ORM."""

import time
from collections.abc import Generator
from typing import Final

import pytest

from tests.harness.faulty import Stand, kill, load, spoil, stand, submit, until
from tests.harness.options import offered
from tests.harness.renders import Renders
from tests.harness.servers import Server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.proven_by_content(programs=("redis-server", "rabbitmq-server")),
]

SERVICES: Final = [
    (orm, broker)
    for orm in offered().values["orm"]
    if orm != "none"
    for broker in offered().values["broker"]
]

OUTAGE: Final = 30.0
"""Seconds without a broker."""

TOO_LONG: Final = 16.0
"""Seconds that no task may take in these services."""

PATIENT: Final = 2.0
"""Seconds that a request may take, whatever fails, on a machine that is busy."""


@pytest.fixture(
    scope="module",
    params=SERVICES,
    ids=lambda service: f"{service[1]}-{service[0]}",
)
def service(
    request: pytest.FixtureRequest, renders: Renders, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Stand]:
    """One service after the other."""
    orm, broker = request.param
    with stand(orm, broker, tmp_path_factory.mktemp(f"{broker}-{orm}"), renders) as made:
        yield made


@pytest.fixture
def api(service: Stand) -> Generator[Server]:
    """Where tasks are handed in."""
    server = service.start("api")
    server.await_ready()
    yield server
    server.kill()


def test_a_worker_is_lost(service: Stand, api: Server) -> None:
    """Killed in the middle of a task: another one does it, and it is done once."""
    number = next(service.numbers)
    lost = service.start("worker")
    submit(api, number, 1500)
    until(lambda: service.begun(number) == 1, "the task is begun")
    kill(lost)
    worker = service.start("worker")

    seconds = until(lambda: service.begun(number) == 2, "the task is begun again")
    until(lambda: number in service.effects(), "it has its effect")
    service.record(redelivery_seconds=seconds)
    worker.stop()
    assert service.effects().count(number) == 1


def test_sigterm_in_the_middle(service: Stand, api: Server) -> None:
    """What runs is finished, once, and the worker ends with 0."""
    number = next(service.numbers)
    worker = service.start("worker")
    submit(api, number, 2000)
    until(lambda: service.begun(number) == 1, "the task is begun")

    worker.stop()

    assert (service.begun(number), service.effects().count(number)) == (1, 1)


def test_poison(service: Stand, api: Server) -> None:
    """A task that ends its process, or keeps it, is given up, and the others go on meanwhile."""
    number = next(service.numbers)
    worker = service.start("worker", CELERY_MAX_RETRIES="2")
    spoil(api, "poison")
    spoil(api, "stuck")
    submit(api, number)

    until(lambda: number in service.effects(), "the next task has its effect")
    for name in ("faulty.poison", "faulty.stuck"):
        until(lambda name=name: name in service.dead(), f"{name} is given up")
    worker.stop()


def test_the_broker_is_down_when_every_process_has_done_its_task(
    service: Stand, api: Server
) -> None:
    """It cannot be told, for longer than a task may take, and yet all is well when it is back."""
    numbers = [next(service.numbers) for _ in range(3)]
    worker = service.start("worker", CELERY_CONCURRENCY="2")
    for number in numbers[:2]:
        submit(api, number, 3000)
    until(lambda: all(service.begun(number) for number in numbers[:2]), "both are begun")
    service.broker.kill()
    until(lambda: set(numbers[:2]) <= set(service.effects()), "both have their effects")
    time.sleep(TOO_LONG)
    service.broker.start()
    submit(api, numbers[2])

    done = lambda: numbers[2] in service.effects()  # noqa: E731
    until(done, "the next task has its effect", by=(worker,))
    worker.stop()
    effects = service.effects()
    assert [effects.count(number) for number in numbers] == [1, 1, 1]
    assert service.dead().count("faulty.effect") == 0


def test_the_broker_is_down_under_load(service: Stand, api: Server) -> None:
    """Every request is accepted as fast as ever; each of its tasks is done, and once."""
    worker, beat = service.start("worker"), service.start("beat")
    with load(service, api) as sent:
        time.sleep(2)
        service.broker.kill()
        time.sleep(OUTAGE)
        service.broker.start()
        back = time.monotonic()
        time.sleep(1)

    done = sent.numbers
    both = (worker, beat)
    until(lambda: set(done) <= set(service.effects()), "every task is done", 120, by=both)
    service.record(
        settled_seconds=time.monotonic() - back,
        submitted=len(done),
        slowest_answer=max(sent.seconds),
    )
    for process in both:
        process.stop()
    effects = service.effects()
    assert [number for number in done if effects.count(number) != 1] == []
    assert max(sent.seconds) < PATIENT
    assert service.dead().count("faulty.effect") == 0


def test_the_database_is_down_while_tasks_run(service: Stand, api: Server) -> None:
    """They are tried again, and each is done once."""
    numbers = [next(service.numbers) for _ in range(10)]
    worker = service.start("worker")
    for number in numbers:
        submit(api, number, 500)
    until(lambda: service.begun(numbers[0]) == 1, "the first task is begun")

    service.way.cut()
    time.sleep(3)
    service.way.mend()

    until(lambda: set(numbers) <= set(service.effects()), "every task is done", 90)
    worker.stop()
    effects = service.effects()
    assert [effects.count(number) for number in numbers] == [1] * len(numbers)
