"""What listeners are told at once; imports config, errors and Redis, and no other room."""
