"""Answers that are kept for a while; imports config and the Redis client, and no other room."""
