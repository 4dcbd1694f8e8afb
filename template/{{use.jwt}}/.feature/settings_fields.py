    auth: AuthSettings = field(default_factory=AuthSettings.read)
