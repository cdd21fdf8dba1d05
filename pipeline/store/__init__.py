"""Files and databases on disk."""
