"""What tokens cost. The only module that knows genai-prices, whose table comes with it: nothing is looked up online."""

from __future__ import annotations

from collections.abc import Callable

from summarizer.llm.profiles import Profile

Price = Callable[[int, int], float]
"""US dollars for so many prompt tokens and so many completion tokens."""


def price_of(profile: Profile) -> Price | None:
    """The price of a model's tokens: nothing where it runs on the user's machines, None where it is not known."""
    if profile.free:
        return lambda prompt, completion: 0.0
    if _dollars(profile, 0, 0) is None:
        return None
    return lambda prompt, completion: _dollars(profile, prompt, completion) or 0.0


def _dollars(profile: Profile, prompt: int, completion: int) -> float | None:
    from genai_prices import Usage, calc_price  # takes a tenth of a second, and only hosted models need it

    usage = Usage(input_tokens=prompt, output_tokens=completion)
    try:
        return float(calc_price(usage, profile.model, provider_api_url=profile.endpoint).total_price)
    except LookupError:
        return None
