"""A briefing as the programs of researchers read it: Discourse Network Analyzer, and PLOVER event records."""
