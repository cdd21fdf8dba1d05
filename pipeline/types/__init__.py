"""The data classes that flow between rooms: frozen, without behaviour, free of imports from the world."""
