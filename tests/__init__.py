"""The tests; `python -m pytest` runs them all without a network."""
