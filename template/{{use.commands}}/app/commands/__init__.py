"""The service's own commands, one a module."""
