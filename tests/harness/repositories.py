"""Throw-away git repositories, independent of whoever runs the proofs."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

IDENTITY: Final = {
    "GIT_AUTHOR_NAME": "Proof",
    "GIT_AUTHOR_EMAIL": "proof@example.com",
    "GIT_COMMITTER_NAME": "Proof",
    "GIT_COMMITTER_EMAIL": "proof@example.com",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder and give its output."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env=os.environ | IDENTITY,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def commit_all(folder: Path, message: str) -> str:
    """Commit whatever is in a folder, and give the commit's hash."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--no-verify", "--message", message)
    return git(folder, "rev-parse", "HEAD").strip()


def repository_of(folder: Path, destination: Path) -> Path:
    """Copy a folder and make a repository of it."""
    shutil.copytree(folder, destination)
    commit_all(destination, "The template as it is")
    return destination
