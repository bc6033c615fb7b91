"""Numbered sentences of a document, each at its exact place.

Promised for every text: `document.text[s.start:s.end] == s.text`; sentences in order, none overlapping, none with white
space at its ends, none crossing a paragraph; every character that is not white space inside exactly one of them.
"""

from __future__ import annotations

from summarizer.document import Document, Sentence
from summarizer.reading.paragraphs import paragraph_spans
from summarizer.reading.segmenter import library, sentence_spans


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document in reading order, numbered from 1. A heading is a sentence, and so is a line of a list."""
    text, segment = document.text, library(document.language)
    places = [
        (begin + start, begin + end, paragraph)
        for paragraph, (begin, finish) in enumerate(paragraph_spans(text), start=1)
        for start, end in sentence_spans(text[begin:finish], language=document.language, segment=segment)
    ]
    return tuple(
        Sentence(number=number, start=start, end=end, text=text[start:end], paragraph=paragraph)
        for number, (start, end, paragraph) in enumerate(places, start=1)
    )
