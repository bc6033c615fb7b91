"""One module for each kind of source: `content(data, *, keep_hidden=False)` gives what a reader of it sees."""
