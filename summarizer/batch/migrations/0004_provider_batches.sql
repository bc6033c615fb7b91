-- Batches that a provider answers. The id is ours, and travels with the batch: what was sent is found again by it. `intended`
-- until it is known to be at the provider, `collected` once all that came of it is kept. Times are seconds since 1970.
CREATE TABLE provider_batches (
    id TEXT PRIMARY KEY,
    configuration INTEGER NOT NULL REFERENCES configurations (id),
    endpoint TEXT NOT NULL,
    model TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'intended' CHECK (state IN ('intended', 'submitted', 'collected', 'failed')),
    file TEXT,
    provider_id TEXT,
    status TEXT,
    intended REAL NOT NULL,
    submitted REAL,
    ended REAL,
    lines INTEGER NOT NULL DEFAULT 0,
    answered INTEGER,
    errors INTEGER,
    missing INTEGER,
    doubled INTEGER,
    unknown INTEGER,
    broken INTEGER,
    tokens INTEGER,
    cost REAL
);
CREATE INDEX provider_batches_by_state ON provider_batches (state, endpoint, model);

-- Questions that are to be asked in batches, each time that they are. `noted` before it is in a batch; `asked` in one of which
-- nothing came yet; then `answered` (the answer is among the answers), to be asked `again`, `refused` for good, or `forgotten`:
-- what came of it counts for nothing any more. The request is the JSON of the question, packed, while it may still be sent.
CREATE TABLE provider_lines (
    id INTEGER PRIMARY KEY,
    question TEXT NOT NULL,
    batch TEXT REFERENCES provider_batches (id),
    state TEXT NOT NULL DEFAULT 'noted' CHECK (state IN ('noted', 'asked', 'answered', 'again', 'refused', 'forgotten')),
    request BLOB,
    size INTEGER NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    tokens INTEGER NOT NULL DEFAULT 0,
    cost REAL DEFAULT 0
);
CREATE INDEX provider_lines_by_question ON provider_lines (question, state);
CREATE UNIQUE INDEX provider_lines_by_batch ON provider_lines (batch, question) WHERE batch IS NOT NULL;
CREATE INDEX provider_lines_noted ON provider_lines (id) WHERE state = 'noted';
