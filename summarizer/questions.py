"""Questions of the user's own: a template and a pydantic model, sent the way that reports are."""

from __future__ import annotations

from pathlib import Path

from summarizer.errors import NothingUsable, UsageError
from summarizer.llm import connected
from summarizer.llm.asking import Model
from summarizer.progress import Progress
from summarizer.prompt import Prompt, Response
from summarizer.prompting import Template, defused, fence
from summarizer.reading import document_from_text, names_a_file
from summarizer.settings import DEFAULT_MODEL, Limits

MAX_TOKENS = 2_000
"""What an answer may take, unless told otherwise."""


def ask(
    text: str,
    *,
    prompt: str | Path,
    response_model: type[Response],
    model: str | Model = DEFAULT_MODEL,
    max_tokens: int = MAX_TOKENS,
    limits: Limits | None = None,
) -> Response:
    r"""Ask a question of your own about a text, and get an instance of your own pydantic model.

    `prompt`: a template, as its source or as the Path of a `.j2` file. It is divided into messages by lines `[[system]]`,
    `[[user]]`, `[[assistant]]`, and is given two values: `text`, and `mark`, hexadecimal digits that do not occur in the
    text, to put around it so that the model can tell it from your instructions. `response_model`: what the answer must
    look like. `model`: a name, or what `connect` gives, which also records and replays and brings its own limits.
    `max_tokens` bounds the answer; `limits` default to those of the environment.

        class Complaint(BaseModel):
            product: str
            wants_refund: bool

        complaint = summarizer.ask(
            "The kettle leaks. I want my money back.",
            prompt="[[user]]\nWhat does the customer complain about?\n<{{ mark }}>\n{{ text }}\n</{{ mark }}>",
            response_model=Complaint,
        )
        assert complaint.wants_refund

    Tried again, asked again, limited, cached and recorded as reports are. Raises NothingUsable when no usable answer came
    (cut, filtered, refused, or not fitting the model), other AnswerErrors (WeightsError, CassetteMiss) when none is to be
    had, LimitReached at a limit, PromptsError for a template that cannot be read or rendered, UsageError (UnknownModel) for
    wrong arguments, and SourceError for a text that cannot be asked about.
    """
    document = document_from_text(text)
    messages = _template(prompt).render(text=defused(document.text), mark=fence(document))
    question = Prompt(messages, response_model, max_tokens)
    with connected(model, limits=limits, progress=Progress()) as asked:
        return _answer(question, asked)


def _template(prompt: str | Path) -> Template:
    if isinstance(prompt, Path):
        return Template.read(prompt)
    if names_a_file(prompt):
        raise UsageError(f"{prompt!r} is the name of a file: pass Path({prompt!r}) to read it")
    return Template("prompt", prompt)


def _answer(question: Prompt[Response], model: Model) -> Response:
    answer = model.ask(question)
    if answer.value is None:
        raise NothingUsable(f"{model.profile.name!r} gave no usable answer ({answer.reason}): name another model")
    return answer.value
