"""Talking to a language model: prompts out, replies in, over HTTP or in process; nothing here knows articles."""
