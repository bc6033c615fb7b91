"""Reports by a provider's batches: OpenAI's Batch API, which answers within a day, at half the price.

A pipeline is written as if its model answered at once. Here it runs in rounds: what is in the store is answered, what is not is
noted, and the notes of all documents together are the lines of the next batches. When those have come back the next round
runs, with more answers, until no document has a question left.

    rounds       the journey: settle, run a round, form batches, settle
    choosing     whose batches can be used, and with what
    round        the pipeline of every document that waits, over what is in the store
    given        the answers that a round finds there
    lines        the questions, each time that they are asked
    budget       the user's limits, kept before anything is submitted
    batches      the batches in the store: intended before they are sent, under ids of ours
    settling     each batch sent once, watched, and collected
    collecting   what came of each line, into the store
    results      a file of results, line by line
    wire         the provider's endpoint
"""

from __future__ import annotations
