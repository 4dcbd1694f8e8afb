"""Presets: what an organisation proposes and locks for its services."""
