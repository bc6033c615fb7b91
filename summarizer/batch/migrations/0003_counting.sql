-- How far a run is can be counted without a look at what briefings say, and whose document is whose.
CREATE INDEX briefings_counted ON briefings (configuration, gaps, flagged, withheld);
CREATE INDEX attempts_by_outcome ON attempts (configuration, outcome, ended, begun);
CREATE INDEX entries_of_document ON entries (corpus, document);
