    provided_broker,
    worker,
    beat,
