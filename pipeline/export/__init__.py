"""One module per format: an Article in, the bytes of a file out. `formats` lists them."""
