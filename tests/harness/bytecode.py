"""What Python has compiled, kept from one environment to the next.

Each variant has an environment of its own, and compiling the same packages in each of them took
10 to 14 of its 90 seconds of processor time. Nothing else is shared: Python takes compiled code
only when the time and the size of its source are those that it was made from.
"""

import os
import shutil
from pathlib import Path


def lend(store: Path, environment: Path) -> None:
    """Give an environment what was compiled for others, where it has the source."""
    for site in sites(environment):
        kept = store / site.parent.name
        for compiled in kept.rglob("*.pyc"):
            place = site / compiled.relative_to(kept)
            source = place.parent.with_name(f"{place.name.partition('.')[0]}.py")
            if source.exists() and not place.exists():
                place.parent.mkdir(exist_ok=True)
                shutil.copy2(compiled, place)


def keep(store: Path, environment: Path) -> None:
    """Keep what was compiled in an environment; several processes may do so at once."""
    for site in sites(environment):
        for compiled in site.rglob("*.pyc"):
            place = store / site.parent.name / compiled.relative_to(site)
            if not place.exists() or place.stat().st_mtime != compiled.stat().st_mtime:
                place.parent.mkdir(parents=True, exist_ok=True)
                draft = place.with_suffix(f".{os.getpid()}")
                shutil.copy2(compiled, draft)
                draft.replace(place)


def sites(environment: Path) -> list[Path]:
    """Find where its packages are; one that is borrowed from elsewhere is left alone."""
    return [] if environment.is_symlink() else [*environment.glob("lib/python*/site-packages")]
