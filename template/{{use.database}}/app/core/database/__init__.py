"""Connections and transactions; imports config and core's errors, and no other room."""
