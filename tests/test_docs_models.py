"""docs/models.md says of providers and families what the data says."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

from summarizer.llm.families import Family, Provider, families, providers
from summarizer.llm.profiles import Profile

PAGE = (Path(__file__).parent.parent / "docs" / "models.md").read_text(encoding="utf-8")


def rows_below(heading: str) -> list[str]:
    """The rows of the table in the section of this heading, without its head."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("|")][2:]


def provider_row(provider: Provider) -> str:
    at = f"`{provider.endpoint}`" if provider.endpoint else f"`${provider.endpoint_variable}` + `{provider.endpoint_path}`"
    place = "inside this program" if provider.name == "embedded" else at
    key = "none" if provider.local else f"`{provider.key_variable}`"
    return f"| {provider.title} | `{provider.name}/{provider.example}` | {place} | {key} |"


def family_row(family: Family) -> str:
    made = dataclasses.replace(Profile(name="x", model="x", endpoint="x"), **family.facts)
    temperature = "0" if made.steady else "its own"
    return (
        f"| {family.name} | `{family.example}` | {made.context_tokens:,} | {made.output_tokens:,} | `{made.bound_by}` |"
        f" {temperature} | {made.structured} | {made.strategy} |"
    )


def test_the_page_shows_every_provider_as_the_data_has_it() -> None:
    assert rows_below("Providers") == [provider_row(provider) for provider in providers().values()]


def test_the_page_shows_every_family_as_the_data_has_it() -> None:
    assert rows_below("Families") == [family_row(family) for family in families()]


def test_the_page_names_the_prefixes_that_are_taken_off() -> None:
    (named,) = re.findall(r"behind proxies: (.*) are taken off", PAGE.replace("\n", " "))
    assert set(re.findall(r"`(\w+)/`", named)) == {provider.name for provider in providers().values() if provider.stripped}


def test_the_code_of_the_page_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(code, "docs/models.md", "exec"), {})
