"""Writers of drafts: one quotes the speaker, one has a language model write and checks it against the transcript."""
