"""What is done to services, with Copier and git; it imports `presets` and `engine`.

It knows no terminal: whoever calls it says where progress is told, and finds words for what comes
of it.
"""
