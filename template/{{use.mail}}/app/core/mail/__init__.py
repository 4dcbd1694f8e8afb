"""How mail leaves the service; imports config and core's errors, and no other room."""
