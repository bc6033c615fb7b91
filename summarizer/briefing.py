"""The briefing: the one value that renderers see, and the JSON contract of `--format json`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from summarizer.document import Hidden
from summarizer.printable import printable_json
from summarizer.schema import ClaimRecord, Demand, Outcome, Party, Position, Value, Withheld
from summarizer.settings import Policy


class HiddenRecord(Value):
    """Text that nobody sees who looks at the source: `document.text[start:end]` where it was kept, else both null."""

    words: str
    place: str = Field(description="where it stands in the source, for people")
    how: str = Field(description="by what it is hidden")
    start: int | None = Field(ge=0)
    end: int | None = Field(ge=0)

    def value(self) -> Hidden:
        """The same without pydantic, as documents have it."""
        return Hidden(self.words, self.place, self.how, self.start, self.end)


class DocumentRecord(Value):
    """The document as the briefing carries it, so that every offset can be checked without the file.

    What has a default is not in the briefings of older versions.
    """

    id: str = Field(pattern="^[0-9a-f]{64}$", description="SHA-256 of the text's UTF-8")
    title: str | None
    source: str
    published: str | None
    publisher: str | None = None
    language: str
    text: str
    sentences: int = Field(ge=0, description="how many sentences the text has")
    sentence_spans: tuple[tuple[int, int], ...] = Field(description="start and end of each sentence, in code points")
    pages: tuple[int, ...] = Field(default=(), description="where each page begins, in code points; empty without pages")
    hidden: tuple[HiddenRecord, ...] = ()
    complete: bool = Field(default=True, description="whether all of the source's text is in it, but for what is hidden")
    warnings: tuple[str, ...]

    def sentence(self, number: int) -> tuple[int, int]:
        """Start and end of the sentence with this number, counted from 1."""
        return self.sentence_spans[number - 1]

    def sentence_text(self, number: int) -> str:
        """The sentence with this number, whole."""
        start, end = self.sentence(number)
        return self.text[start:end]

    def hides(self, start: int, end: int) -> bool:
        """Whether words between these offsets are hidden in the source, and were kept."""
        return any(hidden.value().lies_in(start, end) for hidden in self.hidden)


class SummarySentence(Value):
    """A sentence of the summary and the ids of the items it rests on."""

    text: str
    items: tuple[str, ...] = Field(min_length=1)


class Coverage(Value):
    """How much of the document was read, asked and used.

    `sentences`: how many there are; `cited`: how many of them are evidence of some item; `passages`: how many were asked;
    `failed`, `truncated`, `filtered`: how many of those got no whole answer; `reasons`: why, each once.
    `moves_without_item`: numbers of the sentences that name a party and hold a verb of a move, yet are evidence of no item;
    None in a language in which the program does not know such verbs.
    """

    sentences: int = Field(ge=0)
    cited: int = Field(ge=0)
    passages: int = Field(ge=0)
    failed: int = Field(ge=0)
    truncated: int = Field(ge=0)
    filtered: int = Field(ge=0)
    reasons: tuple[str, ...] = ()
    moves_without_item: tuple[int, ...] | None

    @property
    def gaps(self) -> int:
        """How many passages got no whole answer."""
        return self.failed + self.truncated + self.filtered


class Usage(Value):
    """What the answers took.

    `calls` counts answers, `cached` those of them that were at hand (cache or recording), `reasks` those asked because the
    one before did not fit. Tokens are those of all answers, as the model counted them. `cost` is in US dollars for what was
    asked live; None when the price is not known.
    """

    calls: int = 0
    reasks: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None

    def __add__(self, other: Usage) -> Usage:
        """The sum; a cost that is not known on either side stays unknown."""
        known = self.cost is not None and other.cost is not None
        return Usage(
            calls=self.calls + other.calls,
            reasks=self.reasks + other.reasks,
            cached=self.cached + other.cached,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cost=(self.cost or 0.0) + (other.cost or 0.0) if known else None,
        )


class Provenance(Value):
    """How the briefing came to be: enough to make it again."""

    summarizer: str = Field(description="version of the program")
    model: str
    endpoint: str
    strategy: Literal["whole", "passage"]
    policy: Policy
    prompts: dict[str, str] = Field(description="template name -> SHA-256")
    schema_: str = Field(alias="schema", description="SHA-256 of the response model's JSON Schema")
    created: str = Field(description="ISO 8601, UTC")
    seconds: float = Field(ge=0)
    usage: Usage


class Briefing(Value):
    """Who holds which position, who demands what of whom, and what came of it, each line resting on the source."""

    schema_version: Literal[1] = 1
    document: DocumentRecord
    headline: str
    summary: tuple[SummarySentence, ...]
    parties: tuple[Party, ...]
    positions: tuple[Position, ...]
    demands: tuple[Demand, ...]
    outcomes: tuple[Outcome, ...]
    withheld: tuple[Withheld, ...]
    claims: tuple[ClaimRecord, ...] = Field(
        description="what the model claimed, in that order: with the document, all that the rest is made from"
    )
    coverage: Coverage
    provenance: Provenance

    @property
    def items(self) -> tuple[Position | Demand | Outcome, ...]:
        """Positions, then demands, then outcomes."""
        return (*self.positions, *self.demands, *self.outcomes)

    def party(self, id: str) -> Party:
        """The party with this id. Raises StopIteration when there is none, which no briefing of ours has."""
        return next(party for party in self.parties if party.id == id)

    @property
    def is_connected(self) -> bool:
        """Whether every party, item and sentence that it names is in it. All of ours are; one from a file may be changed.

        But for the sentences of what is withheld: a claim as it was made may cite some that there are not.
        """
        parties, items = {party.id for party in self.parties}, {item.id for item in self.items}
        return (
            self._named_parties <= parties
            and self._named_items <= items
            and all(1 <= number <= len(self.document.sentence_spans) for number in self._named_sentences)
        )

    @property
    def _named_parties(self) -> set[str]:
        named = {party.represents for party in self.parties} | {position.reported_by for position in self.positions}
        named |= {id for item in self.items for id in item.parties}
        named |= {id for demand in self.demands for id in demand.addressees}
        return {id for id in named if id is not None}

    @property
    def _named_items(self) -> set[str]:
        answers = (*(demand.answered_by for demand in self.demands), *(outcome.answers for outcome in self.outcomes))
        return set().union(*answers, *(line.items for line in self.summary))

    @property
    def _named_sentences(self) -> set[int]:
        cited = {evidence.sentence for item in self.items for evidence in item.evidence}
        return cited.union(self.coverage.moves_without_item or ())

    def to_json(self, *, indent: int | None = 2) -> str:
        """The JSON contract, as `--format json` prints it; `indent=None` gives one line."""
        return printable_json(self.model_dump_json(by_alias=True, indent=indent))


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every printed briefing validates against."""
    schema = Briefing.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
