"""Many videos: lists are read, captions fetched and articles written at the same time, and nothing is done twice."""
