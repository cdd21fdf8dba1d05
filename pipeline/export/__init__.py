"""One module a format: an Article in, text out."""
