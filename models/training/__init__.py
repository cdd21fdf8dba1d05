"""Scripts that produced the tables and weights in the package. They need more than the application, and run by hand."""
