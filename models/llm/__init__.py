"""Language models: prompts out, replies in, over HTTP or in process; nothing here knows articles."""
