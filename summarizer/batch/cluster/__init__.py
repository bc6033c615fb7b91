"""The documents of a run on a Ray cluster: the driver keeps the run, workers make the briefings.

Only the driver opens the store. Its threads take a document each, as on one machine, but have it briefed by an actor
somewhere in the cluster, and get back the briefing, or why there is none, with every answer that was heard on the way.

    cluster     the actors, and which of them gets a document; the only module that knows Ray
    worker      what an actor does: one connected model, some documents at once
    results     what comes back, as JSON
"""

from __future__ import annotations
