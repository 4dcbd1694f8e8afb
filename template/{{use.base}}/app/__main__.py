"""Run the service as in production: `python -m app`.

gunicorn reads WEB_CONCURRENCY when it is imported, before `gunicorn.conf.py`: what is wrong with a
setting is said before that, in one sentence.
"""

import runpy

from app.config.settings import load_settings


def main() -> None:
    """Become gunicorn, which takes its own options."""
    load_settings()
    runpy.run_module("gunicorn", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
