"""A draft is checked against its script: every finding is data, none is hidden. Pure functions."""
