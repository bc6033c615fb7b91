"""Thousands of reports: each done once, in a run that can be killed at any moment and shared by several processes.

    store           the file of a run, and migrations, what is in it
    configuration   what an answer depends on beside its document
    corpus          the corpus, put into the store in its order
    tasks           who works on which document, and what came of it
    answers         what was answered, kept before it is read
    working         threads that brief documents until none is left
    figures         how far a run is
    results         what came of each place of the corpus
    exporting       the results as files

A document under a configuration is one task, whatever it is called and however often it stands in the corpus. A task is done
once: whoever finishes it writes its briefing only while it is his.
"""

from __future__ import annotations
