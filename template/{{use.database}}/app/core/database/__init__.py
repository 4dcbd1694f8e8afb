"""Connections and transactions; imports config, core's errors and deadline, and no other room."""
