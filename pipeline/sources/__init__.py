"""Where captions come from: YouTube, and files."""
