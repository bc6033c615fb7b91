"""English sentences, read as far as a check has to: who is named, who does what, who "he" is, what is denied.

No grammar is made of a sentence, and no model is asked. What is not seen here gives nothing, and a check then doubts. From
single words to whole reports, each module on those before it:

- `lexicon`: what a single word is. `words`: a sentence as a row of words. `stems`: what a text speaks of.
- `verbs`: where a verb stands. `mentions`: the parties that a sentence names. `sentence`: both in one place.
- `attribution`, `subjects`, `carried_over`: three ways to tell who does what; `clauses`: all of them.
- `offices`: what one mention says by itself. `cast`: who is who in a report.
- `states`, `titles`: which states a report names, and what one wording says of a party. `full_names`, `roster`: who is meant
  by a name, what it is, and for whom it speaks. `no_parties`: what can be no party.
- `references`: whom "he" and "both sides" mean. `speakers`: who says a sentence that names nobody who does.

`signs` stands apart: the words that deny, or make possible.
"""
