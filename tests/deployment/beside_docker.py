"""Beside a Docker engine: the image of each service, and its compose.yaml.

Run by ``test_engine.py``.
"""

import json
import re
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar, cast

import httpx2
import pytest

from tests.deployment.load import load
from tests.deployment.report import record
from tests.deployment.smuggling import REQUESTS, write
from tests.deployment.stacks import SHAPES, Stack, stacks
from tests.docs.markdown import blocks, section
from tests.harness.logs import check_log
from tests.harness.walk import (
    Walker,
    check_problem,
    walk_core,
    walk_errors,
    walk_request_ids,
)
from tests.harness.walk_items import create, page, walk_items

FLAGS = re.MULTILINE | re.DOTALL

with_data = pytest.mark.parametrize("stack", ["postgresql", "sqlite"], indirect=True)
with_server = pytest.mark.parametrize("stack", ["postgresql"], indirect=True)
with_servers = pytest.mark.parametrize("stack", ["postgresql", "mysql"], indirect=True)
with_tasks = with_servers
with_redis = pytest.mark.parametrize("stack", ["postgresql", "none"], indirect=True)
with_images = pytest.mark.parametrize("stack", ["postgresql", "sqlite", "none"], indirect=True)
with_any = pytest.mark.parametrize("stack", ["none"], indirect=True)
"""For what does not depend on the shape: the smallest."""

SECRET_FILES = r"/\.env|/\.git(/|$)|\.pem$|id_rsa|_history$|uv\.toml$|\.netrc$|/root/\.cache/"


@pytest.fixture(scope="module", params=[*SHAPES])
def stack(request: pytest.FixtureRequest) -> Generator[Stack]:
    """One service after the other; its containers and volumes end with it."""
    stack = stacks()[request.param]
    began = time.monotonic()
    stack.compose("build")
    size = cast("int", stack.inspect(stack.image, ".Size"))
    record(stack.shape, build_seconds=time.monotonic() - began, image_megabytes=size / 1e6)
    yield stack
    stack.compose("down", "--volumes", "--remove-orphans")


@pytest.fixture(scope="module")
def running(stack: Stack) -> Stack:
    """The service, up."""
    began = time.monotonic()
    stack.up()
    record(stack.shape, up_seconds=time.monotonic() - began)
    return stack


def inside(stack: Stack, *command: str) -> str:
    """Run a program in a container of the image, as its user."""
    return stack.docker("run", "--rm", "--entrypoint", command[0], stack.image, *command[1:])


class TestImage:
    @with_images
    def test_is_small(self, stack: Stack) -> None:
        """Python's own image, the packages and the code; Celery's packages come on top."""
        base = cast("int", stack.inspect(base_image(stack), ".Size"))
        most = 145e6 if "worker" in stack.services() else 130e6

        assert cast("int", stack.inspect(stack.image, ".Size")) - base < most

    @with_images
    def test_user_is_a_number_and_not_root(self, stack: Stack) -> None:
        assert stack.inspect(stack.image, ".Config.User") == "10001:10001"
        assert inside(stack, "id", "-u").strip() == "10001"

    @with_images
    def test_labels(self, stack: Stack) -> None:
        arguments = ("--build-arg", "VERSION=1.2.3", "--build-arg", "REVISION=abc")
        stack.docker(
            *("build", "--quiet", "--tag", f"{stack.image}:labelled", *arguments),
            *("--file", "deploy/docker/Dockerfile", "."),
        )

        labels = cast("dict[str, str]", stack.inspect(f"{stack.image}:labelled", ".Config.Labels"))
        named = {name.removeprefix("org.opencontainers.image."): labels[name] for name in labels}
        assert named["title"] == stack.image
        assert (named["version"], named["revision"]) == ("1.2.3", "abc")

    @with_images
    def test_holds_only_what_runs(self, stack: Stack) -> None:
        everything = ("-c", "find /srv /root /home -not -path '*/.venv/*'")
        as_root = ("run", "--rm", "--user", "0", "--entrypoint", "sh")
        files = stack.docker(*as_root, stack.image, *everything)
        names = {Path(line).name for line in files.splitlines()}

        assert {"app", "gunicorn.conf.py"} <= names
        assert names.isdisjoint({"tests", "scripts", "Makefile", "compose.yaml", "Dockerfile"})
        assert not [line for line in files.splitlines() if re.search(SECRET_FILES, line)]

    @with_images
    def test_no_tool_to_build_with(self, stack: Stack) -> None:
        found = "for tool in uv gcc cc make git; do command -v $tool || :; done"
        packages = "import importlib.util as u; print(*filter(u.find_spec, ['pytest', 'ruff']))"

        assert inside(stack, "sh", "-c", found) == ""
        assert inside(stack, "python", "-c", packages).strip() == ""

    @with_images
    def test_python_is_the_one_that_was_chosen(self, stack: Stack) -> None:
        said = inside(stack, "python", "-c", "import sys; print('%d.%d' % sys.version_info[:2])")

        assert said.strip() == SHAPES[stack.shape]["python_version"]

    @with_images
    def test_is_compiled(self, stack: Stack) -> None:
        for folder in ("/srv/app", "/srv/.venv/lib"):
            counted = "find $0 -name '*.pyc' | wc -l; find $0 -name '*.py' | wc -l"
            compiled, sources = inside(stack, "sh", "-c", counted, folder).split()

            assert int(compiled) >= 0.95 * int(sources) > 0, folder

    @with_images
    def test_its_user_cannot_change_it(self, stack: Stack) -> None:
        writable = inside(stack, "find", "/srv", "-writable", "-not", "-type", "l")

        assert writable == ""

    @with_server
    def test_no_secret_in_any_layer(self, stack: Stack, tmp_path: Path) -> None:
        archive = tmp_path / "image.tar"
        stack.docker("save", "--output", str(archive), stack.image)
        history = stack.docker("history", "--no-trunc", stack.image)

        assert stack.secret
        assert stack.secret not in history
        assert stack.secret.encode() not in archive.read_bytes()

    @with_images
    def test_rebuild_after_a_change_of_code(self, stack: Stack) -> None:
        """The packages come from the cache."""
        change_code(stack)
        began = time.monotonic()
        said = stack.compose("build")
        seconds = time.monotonic() - began
        record(stack.shape, rebuild_seconds=seconds)

        assert re.search(r"RUN .*uv sync[^\n]*\n#\d+ CACHED", said), said
        assert seconds < 30

    @pytest.mark.parametrize("stack", ["sqlite", "none"], indirect=True)
    def test_two_builds_hold_the_same(self, stack: Stack) -> None:
        """Layer by layer, whenever they are made; only labels may differ."""

        def layers(*arguments: str) -> object:
            name = f"{stack.image}:again"
            files = ("--file", "deploy/docker/Dockerfile", ".")
            stack.docker("build", "--no-cache", "--quiet", "--tag", name, *arguments, *files)
            return stack.inspect(name, ".RootFS.Layers")

        assert layers() == layers("--build-arg", "VERSION=2.0.0")


def base_image(stack: Stack) -> str:
    """Read what the final stage is built on."""
    text = (stack.folder / "deploy/docker/Dockerfile").read_text()
    return re.findall(r"^FROM (\S+)", text, re.MULTILINE)[-1]


class TestHealthcheck:
    """The image's own health check, run by the engine, on a server that we control."""

    @with_any
    @pytest.mark.parametrize(("status", "health"), [(200, "healthy"), (500, "unhealthy")])
    def test_status(self, stack: Stack, status: int, health: str) -> None:
        answer = f"self.send_response({status}); self.end_headers()"
        server = (
            "import http.server as s\n"
            f"class H(s.BaseHTTPRequestHandler):\n def do_GET(self):\n  {answer}\n"
            "s.HTTPServer(('', 8000), H).serve_forever()"
        )
        timing = ("--health-interval=1s", "--health-start-period=1s", "--health-retries=2")
        name = stack.docker(
            *("run", "--detach", *timing, "--entrypoint", "python", stack.image, "-c", server)
        ).strip()

        try:
            found = await_value(lambda: stack.inspect(name, ".State.Health.Status"), {health})
        finally:
            stack.docker("rm", "--force", name)
        assert found == health


class TestSetup:
    """What is missing is said in one sentence, before anything is made."""

    @with_server
    def test_no_password(self, stack: Stack) -> None:
        done = stack.attempt("docker", "compose", "up", "--wait", POSTGRES_PASSWORD="")
        (line,) = done.output.splitlines()

        assert done.status != 0
        assert line.endswith(
            "required variable POSTGRES_PASSWORD is missing a value: run make setup"
        )

    @with_any
    def test_no_settings(self, stack: Stack) -> None:
        settings = stack.folder / ".env"
        hidden = settings.rename(stack.folder / ".env.hidden")
        try:
            done = stack.attempt("docker", "compose", "up", "--wait")
        finally:
            hidden.rename(settings)

        (line,) = done.output.splitlines()
        assert done.status != 0
        assert ".env" in line or "run make setup" in line

    @with_any
    def test_no_lock(self, stack: Stack) -> None:
        lock = stack.folder / "uv.lock"
        hidden = lock.rename(stack.folder / "uv.lock.hidden")
        try:
            done = stack.attempt("docker", "compose", "build")
        finally:
            hidden.rename(lock)

        assert done.status != 0
        sentence = r"^\S+ [\d.]+ uv\.lock is missing: run make setup and commit it\.$"
        assert re.search(sentence, done.output, re.MULTILINE), done.output


class TestCompose:
    def test_walk(self, running: Stack) -> None:
        with Walker(running.url) as walker:
            if running.has_front:
                walk_public(walker)
            else:
                walk_core(walker)
        if running.stores:
            with Walker(running.url, running.credentials()) as walker:
                walk_items(walker)

    def test_every_container_is_hardened(self, running: Stack) -> None:
        for service in running.services():
            host = cast(
                "dict[str, object]", running.inspect(running.container(service), ".HostConfig")
            )

            assert host["ReadonlyRootfs"] is True, service
            assert host["CapDrop"] == ["ALL"], service
            assert host["SecurityOpt"] == ["no-new-privileges:true"], service
            assert host["Privileged"] is False, service
            for limit in ("Memory", "NanoCpus", "PidsLimit"):
                assert cast("int", host[limit]) > 0, (service, limit)

    def test_one_service_is_published(self, running: Stack) -> None:
        """And only on this machine."""
        published = {
            service: ports
            for service in running.services()
            if (ports := running.inspect(running.container(service), ".HostConfig.PortBindings"))
        }

        (bindings,) = published.values()
        (binding,) = cast("dict[str, list[dict[str, str]]]", bindings).values()
        assert binding == [{"HostIp": "127.0.0.1", "HostPort": str(running.port)}]

    @with_servers
    def test_the_database_has_no_way_out(self, running: Stack) -> None:
        path = ".NetworkSettings.Networks"
        networks = cast("dict[str, object]", running.inspect(running.container("database"), path))

        assert list(networks) == [f"{running.image}_inside"]
        assert running.inspect(f"{running.image}_inside", ".Internal") is True

    @with_data
    def test_a_second_start_migrates_nothing(self, running: Stack) -> None:
        running.up()

        steps = [line for line in running.logs("migrate") if "Running upgrade" in line]
        assert len(steps) == 1
        assert running.inspect(running.container("migrate"), ".State.ExitCode") == 0

    @with_data
    def test_two_migrations_at_once(self, running: Stack) -> None:
        """Whoever comes second finds nothing to do, at the latest when it tries again."""
        running.compose("down", "--volumes")
        if "database" in running.services():
            running.compose("up", "--wait", "database")
        command = ("docker", "compose", "run", "--rm", "--no-deps", "migrate")
        with ThreadPoolExecutor() as pool:
            runs = [pool.submit(running.attempt, *command) for _ in range(2)]

        assert 0 in {each.result().status for each in runs}
        running.up()
        assert readiness(running) == (200, "ok")
        with Walker(running.url, running.credentials()) as walker:
            assert page(walker) == []

    @with_data
    def test_data_outlive_the_containers(self, running: Stack) -> None:
        credentials = running.credentials()
        with Walker(running.url, credentials) as walker:
            create(walker, "Lamp", 4900)

        running.compose("down")
        running.up()

        with Walker(running.url, credentials) as walker:
            assert "Lamp" in page(walker)

    @with_servers
    def test_outage_of_the_database(self, running: Stack) -> None:
        """Out of service while it is away, and back without a restart."""
        api = running.container("api")
        began = running.inspect(api, ".State.StartedAt")

        running.compose("stop", "database")
        assert readiness(running) == (503, "unavailable")
        assert httpx2.get(f"{running.url}/healthz").status_code == 200

        running.compose("start", "database")
        assert await_value(lambda: readiness(running), {(200, "ok")}) == (200, "ok")
        assert running.inspect(api, ".State.StartedAt") == began
        assert running.inspect(api, ".RestartCount") == 0

    def test_forged_client(self, running: Stack) -> None:
        """From another machine: X-Forwarded-For is not believed, by nobody."""
        front = "nginx" if running.has_front else "api"
        host = "nginx:8080" if running.has_front else "api:8000"
        address, request_id = running.docker(
            *("run", "--rm", "--network", f"{running.image}_outside", "--env", f"HOST={host}"),
            *("--entrypoint", "python", running.image, "-c", FORGERY),
        ).split()

        for service in {front, "api"}:
            (line,) = (line for line in running.logs(service) if request_id in line)
            assert json.loads(line)["client"] == address, service
            assert json.loads(line)["request_id"] == request_id, service


@with_tasks
class TestTasks:
    def test_beat_has_the_worker_run_something(self, running: Stack) -> None:
        def ran() -> bool:
            return any('"event": "task"' in line for line in running.logs("worker"))

        assert await_value(ran, {True})

    def test_outage_of_the_broker(self, running: Stack) -> None:
        """The API goes on, and so do worker and beat, without a restart."""
        running.compose("stop", "broker")
        assert await_value(lambda: readiness(running), {(200, "degraded")}) == (200, "degraded")

        running.compose("start", "broker")
        assert await_value(lambda: readiness(running), {(200, "ok")}) == (200, "ok")
        for service in ("api", "worker", "beat"):
            assert running.inspect(running.container(service), ".RestartCount") == 0, service
            assert running.inspect(running.container(service), ".State.Health.Status") == "healthy"

    @pytest.mark.parametrize("service", ["worker", "beat"])
    def test_sigterm(self, running: Stack, service: str) -> None:
        """It ends with 0, and with a clean log."""
        running.compose("up", "--wait", "--force-recreate", "--no-deps", service)
        running.compose("stop", service)

        assert running.inspect(running.container(service), ".State.ExitCode") == 0
        check_log(running.logs(service))
        running.up()


@with_redis
def test_outage_of_redis(running: Stack) -> None:
    """It goes on serving, and finds Redis again by itself."""
    redis = "broker" if "broker" in running.services() else "redis"
    running.compose("stop", redis)
    assert await_value(lambda: readiness(running), {(200, "degraded")}) == (200, "degraded")

    running.compose("start", redis)
    assert await_value(lambda: readiness(running), {(200, "ok")}) == (200, "ok")
    assert running.inspect(running.container("api"), ".RestartCount") == 0


@with_any
class TestFiles:
    """Files that clients send, through nginx and to a volume."""

    def test_there_and_back(self, running: Stack) -> None:
        """More than any other body, in no file of nginx; another container finds it."""
        content = b"All work and no play makes Jack a dull boy.\n" * 200_000
        sent = httpx2.post(f"{running.url}/api/v1/files", files={"file": content}, timeout=30)
        assert sent.status_code == 201, sent.text
        place = f"{running.url}/api/v1/files/{sent.json()['items'][0]['id']}/content"

        running.compose("up", "--wait", "--force-recreate", "api")

        assert httpx2.get(place, timeout=30).content == content
        part = httpx2.get(place, headers={"Range": "bytes=4-7"})
        assert (part.status_code, part.content) == (206, content[4:8])
        assert not [line for line in running.logs("nginx") if "temporary file" in line]

    def test_limit(self, running: Stack) -> None:
        """What is too large is refused in the service's form, and its connection is closed."""
        limit = running.compose("exec", "-T", "nginx", "printenv", "UPLOAD_MAX_SIZE").strip()
        content = b"x" * (int(limit) + 1)

        answer = httpx2.post(f"{running.url}/api/v1/files", files={"file": content}, timeout=30)

        assert answer.status_code == 413
        check_problem(answer, "a file that is too large")


@with_any
def test_events_come_at_once(running: Stack) -> None:
    """Neither nginx nor compression waits for more of them."""
    began = time.monotonic()
    headers = {"Accept-Encoding": "gzip"}
    address = f"{running.url}/api/v1/live/events"
    with httpx2.stream("GET", address, headers=headers, timeout=10) as answer:
        first = next(answer.iter_raw())

    assert first.startswith(b":")
    assert time.monotonic() - began < 5


@with_any
def test_limits_are_exact_through_nginx(running: Stack) -> None:
    """Never one more, over two containers of two workers each, whoever of them is asked."""
    settings = running.folder / ".env"
    before, line = settings.read_text(), re.compile("^RATE_LIMIT_DEFAULT=.*$", re.MULTILINE)
    settings.write_text(line.sub("RATE_LIMIT_DEFAULT=40/day\nWEB_CONCURRENCY=2", before))
    try:
        scale(running, 2)
        assert await_value(lambda: replicas(running, "healthz"), {2}) == 2  # not counted

        assert ask(running, "nowhere", 160) == {404: 40, 429: 120}
        assert replicas(running, "nowhere") == 2
    finally:
        settings.write_text(before)
        scale(running, 1)


def scale(stack: Stack, replicas: int) -> None:
    """Run so many containers of the API, all of which nginx knows."""
    stack.compose("up", "--wait", "--scale", f"api={replicas}")
    stack.compose("exec", "-T", "nginx", "nginx", "-s", "reload")


def ask(stack: Stack, path: str, times: int) -> Counter[int]:
    """Ask for the same many times at once, by connections that no reload of nginx cuts short."""
    each_its_own = httpx2.Client(base_url=stack.url, timeout=30, headers={"Connection": "close"})
    with each_its_own as client, ThreadPoolExecutor(8) as pool:
        return Counter(each.status_code for each in pool.map(client.get, [f"/{path}"] * times))


def replicas(stack: Stack, path: str) -> int:
    """Ask for a path, and count the containers that nginx passed it to."""
    ask(stack, path, 20)
    lines = [json.loads(line) for line in stack.logs("nginx") if f'"/{path}"' in line]
    return len({each["upstream"] for each in lines[-20:]})


@with_server
class TestNginx:
    def test_its_configuration(self, running: Stack) -> None:
        said = running.compose("exec", "-T", "nginx", "nginx", "-t")

        assert "test is successful" in said
        assert "[warn]" not in said

    @pytest.mark.parametrize("announced", [True, False], ids=["announced", "chunked"])
    def test_body_limit(self, running: Stack, announced: bool) -> None:
        """One byte more than the service takes is refused, in the service's form."""
        credentials = running.credentials()
        for size, status in ((1_048_576, 422), (1_048_577, 413)):
            body = b"x" * size
            answer = httpx2.post(
                f"{running.url}/api/v1/items",
                content=body if announced else iter([body]),
                headers={**credentials, "Content-Type": "application/json"},
                timeout=10,
            )
            assert answer.status_code == status
            check_problem(answer, f"{size} bytes")
        assert answer.json()["code"] == "content_too_large"

    def test_the_log_is_json(self, running: Stack) -> None:
        """Under the id that the service's log has too, and without the query."""
        httpx2.get(f"{running.url}/no-such-path?token=hunter2", headers={"X-Request-ID": "log-1"})

        found = {
            service: [json.loads(line) for line in running.logs(service) if "log-1" in line]
            for service in ("nginx", "api")
        }
        ((line,), (other,)) = found.values()
        assert line["status"] == other["status"] == 404
        assert line["path"] == other["path"] == "/no-such-path"
        assert "hunter2" not in str(found)

    def test_a_replaced_api_is_found(self, running: Stack) -> None:
        """While it is away nginx says so in the service's form."""
        running.compose("stop", "api")
        answer = httpx2.get(f"{running.url}/healthz", timeout=10)
        assert answer.status_code in {502, 504}
        check_problem(answer, "nginx")
        assert answer.json()["code"] == "unavailable"

        running.compose("up", "--wait", "--force-recreate", "api")
        with Walker(running.url) as walker:
            walker.expect(200, "GET", "/healthz")

    def test_rolled_over_under_load(self, running: Stack) -> None:
        """New code takes over, and not one request fails."""
        change_code(running)
        old = running.container("api")
        with load(read_items(running)) as failures:
            said = running.attempt("sh", "deploy/nginx/roll.sh")

        assert said.status == 0, said.output
        assert failures == []
        new = running.container("api")
        assert new not in {"", old}
        assert running.inspect(new, ".Image") == running.inspect(running.image, ".Id")
        check_log(running.logs("api"))
        running.up()
        assert running.container("api") == new  # nothing is left to do

    def test_not_rolled_over_to_what_does_not_start(self, running: Stack) -> None:
        """The old container goes on as if nothing had been."""
        old, main = running.container("api"), running.folder / "app/main.py"
        sound = main.read_text()
        main.write_text("raise RuntimeError\n")
        once = {"services": {"api": {"restart": "no"}}}  # so that it is not waited for a second one
        (running.folder / "once.json").write_text(json.dumps(once))
        try:
            said = running.attempt(
                "sh", "deploy/nginx/roll.sh", COMPOSE_FILE="compose.yaml:once.json"
            )
        finally:
            main.write_text(sound)

        assert said.status == 1
        assert said.output.endswith("does not get ready, so the old one goes on.\n"), said.output
        running.up()
        assert running.container("api") == old
        assert read_items(running)().status_code == 200

    def test_a_redirect_leads_back_here(self, running: Stack) -> None:
        """The service knows the port at which the client came in."""
        credentials = running.credentials()
        answer = httpx2.get(
            f"{running.url}/api/v1/items/", headers=credentials, follow_redirects=True
        )

        assert [each.status_code for each in answer.history] == [307]
        assert answer.status_code == 200

    def test_connections_are_kept(self, running: Stack) -> None:
        """nginx lets go of an idle connection before the service does."""
        (kept,) = re.findall(
            r"upstream service {.*?keepalive_timeout (\d+)s;", whole(running), FLAGS
        )

        assert float(kept) < setting(running, "server.keep_alive")

    def test_it_waits_longer_than_the_service(self, running: Stack) -> None:
        """Whatever takes too long is ended, and told of, by the service itself."""
        (waits,) = re.findall(r"proxy_read_timeout (\d+)s;", whole(running))

        assert float(waits) > setting(running, "server.worker_timeout")
        assert float(waits) > setting(running, "database.statement_timeout")


@with_any
class TestSmuggling:
    """Whatever nginx makes of it, the service makes the same of."""

    @pytest.mark.parametrize("name", REQUESTS)
    def test_request(self, running: Stack, name: str) -> None:
        """The service logs no request that nginx does not, and the next client has its own answer.

        nginx names each request that it passes on, in its log and to the service.
        """
        write(("127.0.0.1", running.port), REQUESTS[name])
        given = [f"next-{number}-{time.monotonic_ns()}" for number in range(3)]
        for each in given:  # on connections to the service that nginx has kept
            answer = httpx2.get(f"{running.url}/next", headers={"X-Request-ID": each})
            assert (answer.status_code, answer.headers["x-request-id"]) == (404, each)

        served, passed_on = logged(running, "api"), logged(running, "nginx")
        assert given[0] in served
        assert served - passed_on == Counter()


def logged(stack: Stack, service: str) -> Counter[str]:
    """Count how often it logs each request, and not what else happened during one."""
    lines = [json.loads(line) for line in stack.logs(service) if '"request_id"' in line]
    requests = (line for line in lines if line.get("event", "request") == "request")
    return Counter(str(line["request_id"]) for line in requests)


@pytest.fixture(scope="class")
def echo(running: Stack) -> Generator[Stack]:
    """Let the container of the API run another server."""
    api = {"command": ["python", "-c", ECHO], "stop_grace_period": "0s"}
    (running.folder / "echo.json").write_text(json.dumps({"services": {"api": api}}))
    running.compose("--file", "compose.yaml", "--file", "echo.json", "up", "--wait")
    yield running
    running.up()


@with_any
class TestUpgrade:
    """What arrives behind nginx, told by a server in the service's place."""

    def test_websocket(self, echo: Stack) -> None:
        """The connection changes its protocol, and carries bytes both ways."""
        with socket.create_connection(("127.0.0.1", echo.port), timeout=10) as connection:
            head = (
                "GET / HTTP/1.1",
                "Host: x",
                "Upgrade: websocket",
                "Connection: Upgrade",
                "",
                "",
            )
            connection.sendall("\r\n".join(head).encode())
            assert connection.recv(4096).startswith(b"HTTP/1.1 101 ")
            for word in (b"there", b"and back"):
                connection.sendall(word)
                assert connection.recv(4096) == word

    @pytest.mark.parametrize("protocol", ["", "h2c"])
    def test_nothing_else(self, echo: Stack, protocol: str) -> None:
        """No other protocol gets past nginx, and its connection to the service is kept."""
        headers = {"Connection": "Upgrade", "Upgrade": protocol} if protocol else {}
        answer = httpx2.get(echo.url, headers=headers)

        arrived = answer.text.lower()
        assert "upgrade" not in arrived
        assert "connection:" not in arrived


FORGED = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.1, 203.0.113.9"}


@with_any
class TestProxyInFront:
    """What a proxy before nginx says, such as a load balancer that ends TLS."""

    def test_unknown(self, echo: Stack) -> None:
        arrived = httpx2.get(echo.url, headers=FORGED).text.lower().splitlines()

        assert "x-forwarded-proto: http" in arrived
        assert not any("203.0.113.9" in line for line in arrived)

    def test_trusted(self, echo: Stack) -> None:
        """Its scheme and the last address, which is its own word."""
        done = echo.attempt(
            *("docker", "compose", "--file", "compose.yaml", "--file", "echo.json"),
            *("up", "--wait"),
            TRUSTED_PROXY="0.0.0.0/0",
        )
        assert done.status == 0, done.output

        arrived = httpx2.get(echo.url, headers=FORGED).text.lower().splitlines()

        assert "x-forwarded-proto: https" in arrived
        assert "x-forwarded-for: 203.0.113.9" in arrived


class TestEnd:
    def test_sigterm(self, running: Stack) -> None:
        """SIGTERM ends it with 0, well within the grace period, and with a clean log."""
        api = running.container("api")
        running.compose("up", "--wait", "--force-recreate", "--no-deps", "api")
        api = running.container("api")
        began = time.monotonic()
        running.compose("stop", "api")

        assert time.monotonic() - began < 10
        assert running.inspect(api, ".State.ExitCode") == 0
        lines = running.logs("api")
        assert "stopped" in [json.loads(line)["event"] for line in lines]
        check_log(lines)


class TestReadme:
    def test_commands(self, stack: Stack) -> None:
        """Each command of the chapter, as it is written."""
        stack.compose("down", "--volumes")
        chapter = section((stack.folder / "README.md").read_text(), "Containers")
        make_certificate(stack.folder / "tls")

        assert blocks(chapter, "sh")
        for commands in blocks(chapter, "sh"):
            done = stack.attempt("sh", "-exc", commands, PORT="8000")
            assert done.status == 0, done.output
        if stack.has_front:
            answer = httpx2.get("https://127.0.0.1/healthz", verify=False)
            assert answer.status_code == 200
            assert "strict-transport-security" in answer.headers


def make_certificate(folder: Path) -> None:
    """Sign a certificate with itself, as a stand-in for the user's own."""
    folder.mkdir(exist_ok=True)
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subject = ("-subj", "/CN=localhost", "-days", "1", "-nodes", "-newkey", "rsa:2048")
    command = ["openssl", "req", "-x509", *subject, "-keyout", key, "-out", certificate]
    subprocess.run(command, check=True, capture_output=True)
    key.chmod(0o644)


ECHO = """
import socketserver
class Handler(socketserver.StreamRequestHandler):
    def answer(self, *lines):
        self.wfile.write("\\r\\n".join(lines).encode())
    def handle(self):
        lines = []
        while line := self.rfile.readline().decode().strip():
            lines.append(line.lower())
        if {"upgrade: websocket", "connection: upgrade"} <= {*lines}:
            changed = ("Upgrade: websocket", "Connection: Upgrade", "", "")
            self.answer("HTTP/1.1 101 Switching Protocols", *changed)
            while data := self.connection.recv(4096):
                self.wfile.write(data)
        else:
            self.answer("HTTP/1.1 200 OK", "Connection: close", "", *lines)
socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(("", 8000), Handler).serve_forever()
"""
"""Echoes the bytes of a WebSocket's connection, and tells of any other request how it arrived."""

FORGERY = """
import http.client, os
connection = http.client.HTTPConnection(os.environ["HOST"], timeout=10)
connection.request("GET", "/forged", headers={"X-Forwarded-For": "203.0.113.9"})
answer = connection.getresponse()
assert answer.status == 404
print(connection.sock.getsockname()[0], answer.getheader("X-Request-ID"))
"""


def change_code(stack: Stack) -> None:
    """Make code that was not built yet."""
    main = stack.folder / "app/main.py"
    main.write_text(f"{main.read_text()}\n# changed at {time.time()}\n")


def read_items(stack: Stack) -> Callable[[], httpx2.Response]:
    """Give a request that succeeds while the service serves."""
    credentials = stack.credentials()
    return lambda: httpx2.get(f"{stack.url}/api/v1/items", headers=credentials, timeout=10)


def whole(stack: Stack) -> str:
    """Read the configuration as nginx has it."""
    return stack.compose("exec", "-T", "nginx", "nginx", "-T")


def setting(stack: Stack, name: str) -> float:
    """Read a time of the running service, in seconds."""
    read = f"load_settings().{name}.total_seconds()"
    code = f"from app.config.settings import load_settings; print({read})"
    return float(stack.compose("exec", "-T", "api", "python", "-c", code))


def readiness(stack: Stack) -> tuple[int, str]:
    """Ask whether it is ready; behind nginx only whoever is inside may."""
    if not stack.has_front:
        answer = httpx2.get(f"{stack.url}/readyz", timeout=10)
        return answer.status_code, answer.json()["status"]
    ask = ("curl", "--silent", "--write-out", "\n%{http_code}", "http://127.0.0.1:8080/readyz")
    body, status = stack.compose("exec", "-T", "nginx", *ask).splitlines()
    return int(status), json.loads(body)["status"]


def walk_public(walker: Walker) -> None:
    """What nginx lets through, and what not."""
    walker.expect(200, "GET", "/healthz")
    walker.expect(404, "GET", "/readyz")
    walker.expect(404, "GET", "/docs")
    walk_errors(walker)
    walk_request_ids(walker)


Value = TypeVar("Value")


def await_value(read: Callable[[], Value], wanted: Iterable[Value]) -> Value:
    """Wait, for a while, until one of some values is read; give the last one."""
    deadline = time.monotonic() + 30
    while (value := read()) not in wanted and time.monotonic() < deadline:
        time.sleep(0.2)
    return value
