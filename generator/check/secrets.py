"""Whether a secret lies where everybody reads it."""

import re
from collections.abc import Iterator

from generator.check.findings import Finding, Level
from generator.check.subject import Subject
from generator.lifecycle import git

_EXAMPLE = ".env.example"
_VARIABLE = re.compile(r"^(?:export\s+)?(?P<name>\w+)=(?P<value>.*)$")
_SECRET = re.compile(r"(^|_)(SECRET|PASSWORD|PASSWD|PASSPHRASE|TOKEN|KEY|CREDENTIALS)$")
_IN_URL = re.compile(r"://[^/\s:@]*:(?P<password>[^/\s@]+)@")
_HARMLESS = re.compile(r"\d*|true|false", re.IGNORECASE)
_NAME = "secrets"


def check_secrets(subject: Subject) -> Iterator[Finding]:
    """Look for values of secrets in the example, and for `.env` in git."""
    found = [*_in_example(subject), *_in_git(subject)]
    yield from found
    if not found:
        yield Finding(_NAME, Level.FINE, f"none in {_EXAMPLE}, and .env is not in git")


def _in_example(subject: Subject) -> Iterator[Finding]:
    path = subject.folder / _EXAMPLE
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    for number, line in enumerate(text.splitlines(), start=1):
        if (matched := _VARIABLE.match(line.strip())) and _gives_away(**matched.groupdict()):
            said = f"{_EXAMPLE}, line {number}: {matched['name']} has a value that works"
            yield Finding(_NAME, Level.ERROR, f"{said}: leave it empty, each place has its own")


def _gives_away(name: str, value: str) -> bool:
    value = value.strip().strip("\"'")
    named = _SECRET.search(name.upper()) and not _HARMLESS.fullmatch(value)
    return bool(named) or bool(_IN_URL.search(value))


def _in_git(subject: Subject) -> Iterator[Finding]:
    if git.installed():
        done = git.run(subject.folder, "ls-files", "--", ".env", ".env.*", "**/.env")
        for name in done.stdout.splitlines():
            if not name.endswith(".example"):
                said = (
                    f"{name} is in git: take it out (`git rm --cached {name}`), renew its secrets"
                )
                yield Finding(_NAME, Level.ERROR, said)
