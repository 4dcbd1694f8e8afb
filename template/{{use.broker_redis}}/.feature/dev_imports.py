from scripts.broker import provided_broker
