"""Makes the bundled sample, and holds it to what it promises."""
