-- What the last call of the command was about: of it, status and export tell.
CREATE TABLE last (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    corpus INTEGER NOT NULL REFERENCES corpora (id),
    configuration INTEGER NOT NULL REFERENCES configurations (id)
);
