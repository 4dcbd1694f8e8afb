    provided_broker,
