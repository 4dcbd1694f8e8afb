"""Groundplan's command line: a thin, honest layer on Copier."""

__version__ = "0.1.0"
