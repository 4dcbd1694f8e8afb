"""The way to the broker, and its queues; imports config and core's errors, and no other room."""
