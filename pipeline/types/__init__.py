"""The data classes that flow between rooms: frozen, and free of imports from the world."""
