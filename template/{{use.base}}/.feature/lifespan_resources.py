    open_drain,
