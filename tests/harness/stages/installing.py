"""Its two environments: the developer's, and that of an image."""

from tests.harness.commands import run
from tests.harness.workbench import Workbench


def stage_install(bench: Workbench) -> None:
    """`make setup` makes its environment, its `.env` and its lock, and the packages agree."""
    bench.setup()
    for name in (".env", "uv.lock"):
        assert (bench.project / name).is_file(), f"make setup made no {name}"
    found = bench.tool("python", "-c", "import sys; print('%d.%d' % sys.version_info[:2])").strip()
    assert found == bench.python.version, f"make setup took Python {found}"
    bench.uv("pip", "check", "--python", ".venv", folder=bench.project)


def stage_production(bench: Workbench) -> None:
    """What it declares for production is enough to import it."""
    bench.deploy()
    program = bench.production / ".venv/bin/python"
    run(program, "-c", "import app.main", folder=bench.production, variables=bench.variables())
