"""Restoration of automatic captions to written Arabic: hamza, taa marbuta, tanween, punctuation."""
