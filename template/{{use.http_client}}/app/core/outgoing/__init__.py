"""Calls to others: bounded in time, size and number, whatever answers."""
