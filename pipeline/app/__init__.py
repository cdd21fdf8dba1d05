"""Wiring: settings become real sources, stores, writers and judges, for one video or for a whole library."""
