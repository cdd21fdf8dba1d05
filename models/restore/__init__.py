"""Automatic captions become written Arabic: hamza, taa marbuta, tanween, punctuation."""
