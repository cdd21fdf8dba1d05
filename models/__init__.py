"""Everything that knows a writer exists; `extractive` is the embedded default."""
