"""A Redis that wants a password and encrypts: the service finds it, and trusts no other."""

from collections.abc import Generator
from typing import Final

import httpx2
import pytest

from tests.harness.private import PrivateBroker
from tests.harness.private_databases import make_certificate, running
from tests.harness.renders import Renders
from tests.harness.servers import free_port
from tests.harness.stages.installing import stage_install
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import asked, variant_of
from tests.harness.workbench import Workbench, workbench

pytestmark = [
    pytest.mark.slow,
    pytest.mark.proven_by_content(programs=("redis-server", "openssl")),
]

PASSWORD: Final = "s#cr/t"
QUOTED: Final = "s%23cr%2Ft"


@pytest.fixture(scope="module")
def bench(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Generator[Workbench]:
    """A service with nothing but Redis."""
    chosen = {"orm": "none", "auth": "none", "sample": "none", "cache": True}
    with workbench(variant_of(asked(chosen)), tmp_path_factory.mktemp("kept"), renders) as made:
        stage_generate(made)
        stage_install(made)
        yield made


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Generator[PrivateBroker]:
    """A server of a certificate of its own, which listens to nobody who does not encrypt."""
    folder, port = tmp_path_factory.mktemp("redis"), free_port()
    make_certificate(folder)
    files = ("--tls-cert-file", "certificate.pem", "--tls-key-file", "key.pem")
    command = ("redis-server", "--port", "0", "--tls-port", str(port), *files)
    options = ("--tls-auth-clients", "no", "--requirepass", PASSWORD, "--save", "")
    server = PrivateBroker((*command, *options), f"localhost:{port}/0", port, folder)
    with running(server):
        yield server


@pytest.mark.parametrize(
    ("start", "is_trusted", "status"),
    [
        (f"rediss://:{QUOTED}@", True, "ok"),
        (f"rediss://:{QUOTED}@", False, "degraded"),
        ("rediss://:wrong@", True, "degraded"),
        (f"redis://:{QUOTED}@", False, "degraded"),
    ],
    ids=["right", "certificate of somebody", "wrong password", "not encrypted"],
)
def test_encrypted(
    bench: Workbench, redis: PrivateBroker, start: str, *, is_trusted: bool, status: str
) -> None:
    """What it answers; why it is not served is in the log, without the password."""
    root = f"?ssl_ca_certs={redis.folder / 'certificate.pem'}" if is_trusted else ""
    gunicorn = bench.project / ".venv/bin/gunicorn"

    variables = {"ENVIRONMENT": "production", "DRAIN_DELAY": "0"}
    variables["REDIS_URL"] = f"{start}{redis.url}{root}"
    server = bench.start("api", gunicorn, folder=bench.project, **variables)
    server.await_ready()
    answer = httpx2.get(f"{server.url}/readyz").json()
    server.stop()

    assert answer["status"] == status
    said = "\n".join(server.lines())
    assert ("redis away" in said) is (status != "ok")
    assert PASSWORD not in said
    assert QUOTED not in said
