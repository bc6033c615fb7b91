"""Prompts from templates: a versioned Jinja file and some values become the messages of a request.

A template is divided into messages by lines that hold nothing but `[[system]]`, `[[user]]` or `[[assistant]]`. They are
looked for in the template, never in what it renders to, so no report can open a message of its own; what a model's own
tokenizer would take for the end of a message is broken by `defused`.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self, cast

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from summarizer.document import Document
from summarizer.errors import PromptsError
from summarizer.prompt import Message, Role

_ROLE = re.compile(r"^\[\[(system|user|assistant)\]\][ \t]*\n", re.MULTILINE)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_CONTROL = re.compile(r"<(?=[|｜]|/?s>|(?:start|end)_of_turn>|(?:bos|eos|pad|unk)>)|\[(?=/?(?:INST|SYSTEM_PROMPT)\])")
_VERSION = re.compile(r"-v(\d+)$")


@dataclass(frozen=True)
class Template:
    """A released prompt: `name` with its version (`passage-v1`), and the source of its file."""

    name: str
    source: str

    @classmethod
    def read(cls, path: Path) -> Self:
        """The template in a file, called as the file is without its suffix. Raises PromptsError."""
        try:
            return cls(path.stem, path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise PromptsError(f"the template {str(path)!r} cannot be read: {error}") from error

    @property
    def hash(self) -> str:
        """The SHA-256 of the source, for the provenance of a briefing."""
        return hashlib.sha256(self.source.encode()).hexdigest()

    def render(self, **values: Any) -> tuple[Message, ...]:
        """The messages, stripped at their ends. Raises PromptsError for a value that the template wants and is not given."""
        try:
            return tuple(Message(role, template.render(**values).strip()) for role, template in self._messages)
        except Exception as error:  # a template is the user's program: whatever it raises is its own
            raise PromptsError(f"the template {self.name!r} cannot be rendered: {error}") from error

    @cached_property
    def _messages(self) -> list[tuple[Role, jinja2.Template]]:
        before, *parts = _ROLE.split(self.source)
        if not parts or _COMMENT.sub("", before).strip():
            raise PromptsError(f"the template {self.name!r} does not begin with a message: put a line that says [[user]] first")
        return [(cast(Role, role), _compiled(text)) for role, text in zip(parts[::2], parts[1::2], strict=True)]


class PromptLibrary:
    """The templates of one folder, files called `<name>-v<number>.j2`."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder`: the user's own templates; None for those that come with the program."""
        self.folder = folder or _shipped()

    def latest(self, name: str) -> Template:
        """The template of this name with the highest version. Raises PromptsError when the folder has none."""
        paths = [path for path in self.folder.glob(f"{name}-v*.j2") if _VERSION.search(path.stem)]
        if not paths:
            lacking = f"no template {name}-v1.j2 in" if self.folder.is_dir() else "there is no folder"
            raise PromptsError(f"{lacking} {str(self.folder)!r}: copy the templates in {str(_shipped())!r} there")
        return Template.read(max(paths, key=lambda path: int(_VERSION.findall(path.stem)[0])))

    def named(self, name: str) -> Template | None:
        """The template of this name with its version; None when the folder has none. Raises PromptsError."""
        path = next((path for path in self.folder.glob("*.j2") if path.stem == name), None)
        return None if path is None else Template.read(path)


def fence(document: Document) -> str:
    """A mark to put around a report, so that the model can tell it from the instructions.

    Hexadecimal digits that follow from the document, so a request is the same every time, and that do not occur in its
    text, so no report can close its own fence. Four, since they are read at every request; more where the text holds many.
    """
    hashes = (hashlib.sha256(f"{document.id}{attempt}".encode()).hexdigest() for attempt in itertools.count())
    marks = (hash[: 4 + attempt // 16] for attempt, hash in enumerate(hashes))
    return next(mark for mark in marks if mark not in document.text)


def defused(text: str) -> str:
    """The text with a space in what chat models take for the end of a message, wherever it stands: `<|im_end|>`, `[INST]`."""
    return _CONTROL.sub(r"\g<0> ", text)


def _shipped() -> Path:
    """Inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "prompts"
    return inside if inside.is_dir() else package.parent / "prompts"


@lru_cache(maxsize=64)
def _compiled(source: str) -> jinja2.Template:
    """The template of a message. Kept: each report reads its template anew, and to compile one takes long."""
    return _environment().from_string(source)


def _environment() -> jinja2.Environment:
    # No autoescape: a prompt is not HTML, and the report must reach the model as it is.
    return ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
