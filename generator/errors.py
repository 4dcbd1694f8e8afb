"""What can go wrong: one sentence and one exit code for each kind.

GroundplanError          70  a defect of groundplan itself
├── OutputError           1  stdout is full or closed; a service that was made stays
├── UsageError            2  the command line is not understood
├── AnswerError           3  an unknown question, a wrong value, an impossible combination
├── TargetError           4  the place for the service is taken or cannot be used
├── MachineError          5  no permission, no space, no file system to write to
├── TemplateError         6  the template is missing, broken or cannot be fetched
└── PresetError           7  the preset is missing, wrong or cannot be fetched
Stopped          128+signal  Ctrl-C (130), SIGTERM (143) or SIGHUP (129)

A sentence says what, why and what to do. With the codes from 2 on, nothing is left behind.
"""

import errno
import os
import signal
from typing import ClassVar

EXIT_CODES = {
    0: "done",
    1: "done, but the output could not be written",
    2: "the command line is not understood",
    3: "an answer is refused: unknown, wrong or impossible together with another",
    4: "the place for the service is refused",
    5: "the system refuses: no permission, no space",
    6: "the template is missing, broken or cannot be fetched",
    7: "the preset is missing, wrong or cannot be fetched",
    8: "check found what has to be repaired",
    70: "a defect of groundplan itself (GROUNDPLAN_DEBUG=1 shows its traceback)",
    130: "stopped by Ctrl-C (143: SIGTERM, 129: SIGHUP)",
}
"""Every exit code of the command and what it means; from 2 on, nothing is left behind."""

_NO_SPACE = ("there is no space left", "free some, or choose a place on another disk")
_FORBIDDEN = ("permission is denied", "choose a place that you may write to")
_READ_ONLY = ("the file system is read-only", "choose a place that can be written to")
_REASONS = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: _NO_SPACE,
    errno.EFBIG: _NO_SPACE,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _READ_ONLY,
}


class GroundplanError(Exception):
    """Carry one sentence for the user."""

    exit_code: ClassVar[int] = 70
    kind: ClassVar[str] = "defect"


class OutputError(GroundplanError):
    """Report a result that could not be printed."""

    exit_code = 1
    kind = "output"


class UsageError(GroundplanError):
    """Refuse a command line that is not understood."""

    exit_code = 2
    kind = "usage"


class AnswerError(GroundplanError):
    """Refuse an answer that no question takes, or not in this combination."""

    exit_code = 3
    kind = "answer"

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(f"{reason}{remedy}")
        self.reason = reason


class TargetError(GroundplanError):
    """Refuse a place that holds something else."""

    exit_code = 4
    kind = "target"


class MachineError(GroundplanError):
    """Report that the system does not let the work be done."""

    exit_code = 5
    kind = "system"


class TemplateError(GroundplanError):
    """Report a template that cannot be used."""

    exit_code = 6
    kind = "template"


class PresetError(GroundplanError):
    """Refuse a preset that is not there or not sound."""

    exit_code = 7
    kind = "preset"


class Stopped(SystemExit):
    """Unwind after a signal that asks the command to stop. An event loop lets this through."""

    def __init__(self, number: int = signal.SIGINT) -> None:
        super().__init__(128 + number)
        self.exit_code = 128 + number


def machine_error(error: OSError, doing: str) -> MachineError:
    """Say in one sentence what the system did not allow while `doing` something."""
    place = f" ({os.fsdecode(error.filename)})" if error.filename else ""
    if error.errno in _REASONS:
        what, remedy = _REASONS[error.errno]
        return MachineError(f"{what} for {doing}{place}: {remedy}")
    reason = (error.strerror or str(error)).lower()
    return MachineError(f"the system refuses {doing}{place}: {reason}")
