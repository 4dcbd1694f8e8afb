"""Whether the template has moved on since the service was made or updated."""

import re
import subprocess
from collections.abc import Iterator

from generator.check.findings import Finding, Level
from generator.check.subject import Subject
from generator.lifecycle import git
from generator.lifecycle.sources import expanded, newest_release

_SECONDS = 20
_DESCRIBED = re.compile(r"(?P<tag>.+)-\d+-g(?P<commit>[0-9a-f]+)")
_NAME = "template"


def check_version(subject: Subject) -> Iterator[Finding]:
    """Compare the recorded commit with the newest release, or with the newest commit."""
    source, commit = subject.file.get("_src_path"), subject.file.get("_commit")
    if not isinstance(source, str) or not isinstance(commit, str):
        text = "the answers file records no commit of the template, so `copier update` cannot start"
        yield Finding(_NAME, Level.WARNING, text)
    elif not subject.online or not git.installed():
        yield Finding(_NAME, Level.SKIPPED, f"made from {commit}; not compared with the template")
    else:
        yield _compared(commit, _references(subject, source), source)


def _compared(commit: str, references: dict[str, str] | None, source: str) -> Finding:
    if not references:
        return Finding(_NAME, Level.SKIPPED, f"made from {commit}; {source} cannot be reached")
    tags = {
        name.removeprefix("refs/tags/"): commit
        for name, commit in references.items()
        if "/tags/" in name
    }
    newest = newest_release(tags)
    target = tags[newest] if newest else references.get("HEAD", "")
    if _is(commit, newest, target):
        return Finding(_NAME, Level.FINE, f"made from {commit}, which is the newest")
    if newest and _ahead(commit, newest):
        return Finding(_NAME, Level.FINE, f"made from {commit}, after the newest release")
    text = f"made from {commit}, and there is {newest or target[:7]}: `copier update` brings it"
    return Finding(_NAME, Level.WARNING, text)


def _is(commit: str, newest: str | None, target: str) -> bool:
    described = _DESCRIBED.fullmatch(commit)
    return commit == newest or target.startswith(described["commit"] if described else commit)


def _ahead(commit: str, newest: str) -> bool:
    """Tell whether a described commit comes after the newest release."""
    described = _DESCRIBED.fullmatch(commit)
    return bool(described) and described["tag"] == newest


def _references(subject: Subject, source: str) -> dict[str, str] | None:
    """Ask the template's repository for its tags and its newest commit."""
    process = git.start(subject.folder, "ls-remote", "--", expanded(source), "HEAD", "refs/tags/*")
    try:
        done = git.finish(process, _SECONDS)
    except subprocess.TimeoutExpired:
        return None
    lines = (line.split("\t") for line in done.stdout.splitlines() if "\t" in line)
    return (
        {name.removesuffix("^{}"): target for target, name in lines}
        if not done.returncode
        else None
    )
