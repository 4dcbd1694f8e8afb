from tests.support.database import migrated_database, rolled_back
