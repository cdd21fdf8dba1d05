"""The scripts that made what we ship, run by hand; they need more than the application does."""
