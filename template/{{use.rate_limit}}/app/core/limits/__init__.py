"""How much each caller asks for; imports config and core's errors, and no other room."""
