"""The review desk in a real browser, with a fake player in the place of YouTube's."""
