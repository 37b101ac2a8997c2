"""Agreed terminology: terms, where they come from, and where they occur in a text."""
