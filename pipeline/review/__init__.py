"""The review desk: a person checks, corrects and decides."""
