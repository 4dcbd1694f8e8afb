"""A toy template with the mechanics of the real one, and ways to run the command."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from generator.__main__ import run
from tests.harness.commands import LONGEST
from tests.harness.compiling import copied_once
from tests.harness.places import ROOT

QUESTIONS = """\
_subdirectory: template
_answers_file: .copier-answers.yml
_envops:
  undefined: jinja2.StrictUndefined
  keep_trailing_newline: true
  trim_blocks: true
_exclude: [.feature, __pycache__]
_message_after_copy: |
  {{ name }} is in {{ _copier_conf.dst_path }}.
---
!include template/{{use.base}}/.feature/questions.yml
---
switches:
  type: yaml
  when: false
  validator: computed from the other answers, so it cannot be set
  default: |
    base: true
    store: {{ store != "none" }}
    disk: {{ store == "disk" }}
    cache: {{ cache }}
    proxy: {{ proxy }}
    box: {{ proxy or box }}
features:
  type: yaml
  when: false
  validator: computed from the other answers, so it cannot be set
  default: "{{ switches.items() | selectattr(1) | map(attribute=0) | list | to_json }}"
use:
  type: yaml
  when: false
  validator: computed from the other answers, so it cannot be set
  default: |
    {% for feature, on in switches.items() %}
    {{ feature }}: "{{ '.' if on else '' }}"
    {% endfor %}
"""

ASKED = """\
name:
  type: str
  help: What is it called?
  default: toy
  validator: "{% if not name %}give it a name{% endif %}"
slug:
  type: str
  default: "{{ name | lower }}"
  validator: "{% if ' ' in slug %}write it without spaces{% endif %}"
store:
  type: str
  help: Where does it keep things?
  choices: {On disk: disk, nowhere: none}
  default: disk
size:
  type: int
  default: 3
  when: "{{ store == 'disk' }}"
cache:
  type: bool
  help: Does it remember?
  default: false
  validator: >-
    {% if cache and store == 'none' %}cache=true needs a store: choose store=disk{% endif %}
proxy: {type: bool, default: false}
box: {type: bool, default: true}
"""

RECORDED = "{{ _copier_answers | combine({'box': box or proxy}) | to_nice_yaml -}}"

FILES = {
    "copier.yml": QUESTIONS,
    "template/{{_copier_conf.answers_file}}.jinja": RECORDED,
    "template/{{use.base}}/.feature/questions.yml": ASKED,
    "template/{{use.base}}/.feature/README.md": "# base\n\nThe ground. And more.\n",
    "template/{{use.base}}/README.md.jinja": "{{ name }}: {{ features | join(' ') }}\n",
    "template/{{use.base}}/app/main.py": "print('main')\n",
    "template/{{use.disk}}/.feature/README.md": "# disk\n\nKeeps things on disk.\n",
    "template/{{use.disk}}/.feature/leak.yml": "packages: [disklib]\nvariables: [DISK]\n",
    "template/{{use.disk}}/app/disk.py": "print('disk')\n",
    "template/{{use.disk}}/{{use.cache}}/app/both.py": "print('both')\n",
    "template/{{use.cache}}/app/cache.py.jinja": "SIZE = {{ size }}\n",
}

Invoke = Callable[..., "Outcome"]


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str


def write_tree(folder: Path, files: dict[str, str]) -> Path:
    """Write text files below a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def command(*words: str | Path) -> list[str]:
    """Return the command line that runs the working tree's `groundplan`."""
    return [sys.executable, "-m", "generator", *map(str, words)]


def environment(**variables: str) -> dict[str, str]:
    """Return an environment in which the working tree's package is found."""
    return os.environ | {"PYTHONPATH": str(ROOT)} | variables


def spawn(*words: str | Path, cwd: Path, **variables: str) -> Outcome:
    """Run the command as a process of its own, where nobody can be asked."""
    done = subprocess.run(
        command(*words),
        cwd=cwd,
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def run_here(*words: str | Path, cwd: Path) -> Outcome:
    """Run the command in this process, where Copier does each thing once and takes a third."""
    out, err = StringIO(), StringIO()
    with chdir(cwd), copied_once(), redirect_stdout(out), redirect_stderr(err):
        code = run([*map(str, words)])
    return Outcome(code, out.getvalue(), err.getvalue())


def names(folder: Path) -> list[str]:
    """Name what is in a folder, hidden things too."""
    return sorted(path.name for path in folder.iterdir())
