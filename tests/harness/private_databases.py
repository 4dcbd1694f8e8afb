"""Database servers of a proof's own: a pooler that speaks TLS, and one that may fail over."""

import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from tests.harness.databases import execute_mysql
from tests.harness.private import PrivateBroker, program
from tests.harness.servers import free_port

CERTIFICATE: Final = (
    *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"),
    *("-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "certificate.pem"),
)

POOLER: Final = """
[databases]
* = host={host} port={port} user={user}{password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listening}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users.txt
pool_mode = transaction
default_pool_size = 3
client_tls_sslmode = allow
client_tls_key_file = {folder}/key.pem
client_tls_cert_file = {folder}/certificate.pem
user = nobody
"""

PLAIN_USER: Final = (
    "CREATE DATABASE app",
    "CREATE USER 'app'@'127.0.0.1'",
    "GRANT ALL ON app.* TO 'app'@'127.0.0.1'",
)
"""Unlike root, this one may not write while the server is read-only."""


@contextmanager
def pooler(server: str, folder: Path) -> Generator[PrivateBroker]:
    """Run PgBouncer in transaction mode, with fewer connections than a service has."""
    folder.mkdir()
    folder.chmod(0o755)
    make_certificate(folder)
    parts, port = urlsplit(server), free_port()
    user = unquote(parts.username or "postgres")
    (folder / "users.txt").write_text(f'"{user}" ""\n')
    (folder / "pgbouncer.ini").write_text(
        POOLER.format(
            host=parts.hostname,
            port=parts.port,
            user=user,
            password=f" password='{unquote(parts.password)}'" if parts.password else "",
            listening=port,
            folder=folder,
        )
    )
    for file in folder.iterdir():
        file.chmod(0o644)  # it is not root that reads them
    url = parts._replace(netloc=f"{user}@localhost:{port}").geturl()
    with running(PrivateBroker(("pgbouncer", "pgbouncer.ini"), url, port, folder)) as server_:
        yield server_


def make_certificate(folder: Path) -> None:
    """Make a certificate for localhost that is its own root, and its key."""
    subprocess.run([program("openssl"), *CERTIFICATE], cwd=folder, check=True, capture_output=True)


@contextmanager
def mariadb(folder: Path) -> Generator[PrivateBroker]:
    """Run a MariaDB with a database for a user who is no administrator."""
    folder.mkdir()
    data, port = folder / "data", free_port()
    install = [program("mariadb-install-db"), "--no-defaults", f"--datadir={data}", "--user=root"]
    subprocess.run(
        [*install, "--auth-root-authentication-method=normal"], check=True, capture_output=True
    )
    command = (
        *("mariadbd", "--no-defaults", f"--datadir={data}", "--user=root"),
        *("--bind-address=127.0.0.1", f"--port={port}", f"--socket={folder / 's'}"),
        *("--skip-name-resolve", f"--pid-file={folder / 'pid'}"),
    )
    url = f"mysql://app@127.0.0.1:{port}/app"
    with running(PrivateBroker(command, url, port, folder)) as server:
        for statement in PLAIN_USER:
            administer(server, statement)
        yield server


def administer(server: PrivateBroker, statement: str) -> None:
    """Run a statement as root."""
    execute_mysql(f"mysql://root@127.0.0.1:{server.port}", statement)


@contextmanager
def running(server: PrivateBroker) -> Generator[PrivateBroker]:
    """Have it meanwhile."""
    try:
        server.start()
        yield server
    finally:
        server.kill()
