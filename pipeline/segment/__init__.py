"""Captions become a script: words, sentences, passages, headings. Pure functions."""
