    app: AppSettings = field(default_factory=AppSettings.read)
    http: HttpSettings = field(default_factory=HttpSettings.read)
    log: LogSettings = field(default_factory=LogSettings.read)
    server: ServerSettings = field(default_factory=ServerSettings.read)
