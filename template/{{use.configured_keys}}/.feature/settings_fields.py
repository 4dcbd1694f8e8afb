    api_keys: ApiKeySettings = field(default_factory=ApiKeySettings.read)
