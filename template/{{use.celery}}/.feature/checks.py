    "broker": check_broker,
