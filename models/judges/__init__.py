"""Judges of support: how well evidence bears out a claim."""
