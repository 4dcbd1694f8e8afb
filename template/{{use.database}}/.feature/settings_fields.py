    database: DatabaseSettings = field(default_factory=DatabaseSettings.read)
