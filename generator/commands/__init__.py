"""A module for each command, from arguments to words and an exit code; it imports every floor.

Beside them: what commands share, and `console`, which alone prints.
"""
