"""The start of `groundplan`: whatever happens, one sentence and an exit code."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

from generator.errors import GroundplanError, OutputError, Stopped, machine_error
from generator.lifecycle.signals import stoppable

_DEBUG = "GROUNDPLAN_DEBUG"


def main() -> NoReturn:
    """Run the command line of this process."""
    gc.disable()  # a process that lives for a second gains nothing from looking for cycles
    try:
        with stoppable():
            code = run(sys.argv[1:])
    except Stopped as stop:
        from generator.commands import console

        console.stopped()
        code = stop.exit_code
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run a command line and return its exit code; only a stop signal gets out as an exception."""
    from generator.commands import console

    console.set_up()
    try:
        from generator import cli

        return cli.run(arguments)
    except GroundplanError as error:
        return _refuse(error, arguments)
    except OSError as error:
        console.give_up_broken_output()
        return _refuse(machine_error(error, "the command"), arguments)
    except Exception as error:  # noqa: BLE001 -- the last place that can make a sentence of it
        return _refuse(_defect(error), arguments)


def _refuse(error: GroundplanError, arguments: list[str]) -> int:
    from generator.commands import console

    if os.environ.get(_DEBUG):
        import traceback

        traceback.print_exc()
    if isinstance(error.__cause__, BrokenPipeError):
        return error.exit_code  # the reader has seen enough
    if "--json" in arguments:
        failure = {"kind": error.kind, "message": str(error), "exit_code": error.exit_code}
        with suppress(OutputError):
            console.result_json({"error": failure})
    console.error(str(error))
    return error.exit_code


def _defect(error: Exception) -> GroundplanError:
    kind = type(error).__name__
    reason = " ".join(str(error).split())
    return GroundplanError(
        f"groundplan has a defect ({kind}: {reason}): report it with the traceback that "
        f"{_DEBUG}=1 shows"
    )


if __name__ == "__main__":
    main()
