    database: Database
