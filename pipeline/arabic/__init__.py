"""The Arabic language: normalizing, stemming, word lists, numbers, dates, names, direction. Pure functions on text."""
