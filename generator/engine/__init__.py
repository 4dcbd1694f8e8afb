"""Questions, answers and features, worked out from a template; it imports no other floor.

It knows no terminal, no git and no Copier, so it works wherever Python does.
"""
