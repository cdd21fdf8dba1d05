"""Pure functions from one type of the flow to the next."""
