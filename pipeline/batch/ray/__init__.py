"""A batch on a Ray cluster: the driver, the actors, and the jobs that travel between them."""
