from tests.support.database import rolled_back
from tests.support.migrated import migrated_database
