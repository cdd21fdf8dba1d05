"""Pure functions on Arabic text: nothing here reads a file, a clock or a setting."""
