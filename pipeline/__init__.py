"""From a video's Arabic captions to an article that shows where each sentence was said.

Read in this order: `types.article` (the data), `run` (the flow), `memo` (why it resumes), `verify.report` (what
"checked" means), `ports` (what can be replaced), `app.wiring` (how it is wired).
"""

VERSION = "0.1.0"
"""Of the program; part of every article's provenance."""
