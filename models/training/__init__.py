"""The scripts that made the shipped weights; run them with the extra packages named in weights/README.md."""
