"""What proves who asks; imports config and core's errors, and no other room."""
