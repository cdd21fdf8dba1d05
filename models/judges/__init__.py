"""Judges: scorers of how well evidence supports a claim."""
