"""Scripts that made what we ship. They need more than the application does, and are run by hand."""
