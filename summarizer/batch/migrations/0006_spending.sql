-- What each answer took, in tokens and US dollars (NULL where that is not known): paid for once it is there, whoever dies then.
ALTER TABLE answers ADD COLUMN prompt_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE answers ADD COLUMN completion_tokens INTEGER NOT NULL DEFAULT 0;
ALTER TABLE answers ADD COLUMN cost REAL;
CREATE INDEX answers_taken ON answers (prompt_tokens, completion_tokens, cost);

-- So that attempts have it no more.
CREATE TABLE attempts_without_spending (
    id INTEGER PRIMARY KEY,
    configuration INTEGER NOT NULL,
    document INTEGER NOT NULL,
    owner TEXT NOT NULL,
    begun REAL NOT NULL,
    ended REAL,
    outcome TEXT,
    reason TEXT,
    FOREIGN KEY (configuration, document) REFERENCES tasks (configuration, document)
);
INSERT INTO attempts_without_spending
    SELECT id, configuration, document, owner, begun, ended, outcome, reason FROM attempts;
DROP TABLE attempts;
ALTER TABLE attempts_without_spending RENAME TO attempts;
CREATE INDEX attempts_of_task ON attempts (configuration, document);
CREATE INDEX attempts_by_outcome ON attempts (configuration, outcome, ended, begun);
