"""Writers of articles: by quoting the speaker, or with a language model held to the transcript."""
