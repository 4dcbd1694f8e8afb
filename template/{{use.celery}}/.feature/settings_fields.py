    celery: CelerySettings = field(default_factory=CelerySettings.read)
