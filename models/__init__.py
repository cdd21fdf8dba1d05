"""Everything that knows a model: writers, judges, restoration, and the language models they ask."""
