"""What listeners are told at once; imports config and core's errors and Redis, and no other room."""
