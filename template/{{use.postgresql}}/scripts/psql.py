"""Open psql on this machine's database: `make psql`."""

import shlex
import sys

from scripts.postgres_programs import PROGRAMS
from scripts.with_database import main

if __name__ == "__main__":
    sys.exit(main(["sh", "-c", f'exec {shlex.quote(str(PROGRAMS / "psql"))} "$DATABASE_URL"']))
