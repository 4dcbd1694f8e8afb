"""The stages, in modules by what they import.

The key of a proof holds the modules that its stage imports, so nothing is imported here.
"""
