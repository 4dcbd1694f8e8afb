"""The list of the checks: a new one is a function from a `Subject` to findings, named here."""

from collections.abc import Callable, Iterator

from generator.check.answers import check_answers
from generator.check.findings import Finding
from generator.check.policy import check_preset
from generator.check.probes import check_probes
from generator.check.secrets import check_secrets
from generator.check.subject import Subject
from generator.check.version import check_version

CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    check_answers,
    check_preset,
    check_version,
    check_secrets,
    check_probes,
)
"""Everything that is looked at, in the order in which it is reported."""
