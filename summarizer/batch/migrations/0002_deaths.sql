-- How often a process died, or was late, while it held the task: those with the fewest are taken first.
ALTER TABLE tasks ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;
DROP INDEX tasks_by_state;
CREATE INDEX tasks_by_state ON tasks (configuration, state, deaths, document);
