"""What surrounds every request; imports config and core's errors, and no other room."""
