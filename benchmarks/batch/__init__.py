"""Runs of `summarizer batch` against a model server of our own that is slow, limited and broken as it is told to be."""
