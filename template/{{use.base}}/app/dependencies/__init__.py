"""Providers, and the type that each is asked for by."""
