-- What was read. The content is the JSON of a document, packed; its key is made of all that a briefing of it depends on.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    content BLOB NOT NULL
);

-- What was named on the command line, and how it was read. `complete` once its end was reached.
CREATE TABLE corpora (
    id INTEGER PRIMARY KEY,
    named TEXT NOT NULL,
    state TEXT NOT NULL,
    complete INTEGER NOT NULL DEFAULT 0,
    UNIQUE (named, state)
);

-- The places of a corpus, in its order: a document, under the name that it has there, or why there is none.
CREATE TABLE entries (
    corpus INTEGER NOT NULL REFERENCES corpora (id),
    position INTEGER NOT NULL,
    document INTEGER REFERENCES documents (id),
    source TEXT NOT NULL,
    warnings TEXT NOT NULL DEFAULT '[]',
    failure TEXT,
    PRIMARY KEY (corpus, position)
) WITHOUT ROWID;

-- What answers are made with: model, prompts, schema, parameters, version.
CREATE TABLE configurations (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL
);

-- One document under one configuration. `owner` and `lease` (in seconds since 1970) of who works on it now.
CREATE TABLE tasks (
    configuration INTEGER NOT NULL REFERENCES configurations (id),
    document INTEGER NOT NULL REFERENCES documents (id),
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'claimed', 'done', 'failed')),
    owner TEXT,
    lease REAL,
    PRIMARY KEY (configuration, document)
) WITHOUT ROWID;
CREATE INDEX tasks_by_state ON tasks (configuration, state, document);

-- Every time that somebody took a task. `ended` is NULL while it lasts, and for ever where its process died.
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    configuration INTEGER NOT NULL,
    document INTEGER NOT NULL,
    owner TEXT NOT NULL,
    begun REAL NOT NULL,
    ended REAL,
    outcome TEXT,
    reason TEXT,
    calls INTEGER,
    cached INTEGER,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    cost REAL,
    FOREIGN KEY (configuration, document) REFERENCES tasks (configuration, document)
);
CREATE INDEX attempts_of_task ON attempts (configuration, document);

-- Answers as they came, by what was asked, written before anything is made of them. `whole`: it may be given again.
CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    question TEXT NOT NULL,
    exchange BLOB NOT NULL,
    whole INTEGER NOT NULL,
    received REAL NOT NULL
);
CREATE INDEX answers_by_question ON answers (question, whole);

-- The results: the JSON of a briefing, packed, and what is counted of it.
CREATE TABLE briefings (
    configuration INTEGER NOT NULL,
    document INTEGER NOT NULL,
    content BLOB NOT NULL,
    items INTEGER NOT NULL,
    flagged INTEGER NOT NULL,
    withheld INTEGER NOT NULL,
    gaps INTEGER NOT NULL,
    PRIMARY KEY (configuration, document),
    FOREIGN KEY (configuration, document) REFERENCES tasks (configuration, document)
);
