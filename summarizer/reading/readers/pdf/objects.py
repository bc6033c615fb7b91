"""What pypdf found in a stranger's file: any object may stand at any place, and a wrong one counts as none."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

# Operands and resources: pypdf's own types promise what a broken file does not keep.
Found = Any


def resolved(found: Found) -> Found:
    """What a reference refers to; what is no reference as it is."""
    return found.get_object() if hasattr(found, "get_object") else found


def dictionary(found: Found) -> Mapping[str, Found]:
    """A dictionary, empty where there is none."""
    there = resolved(found)
    return there if isinstance(there, dict) else {}


def unresolved(dictionary: Mapping[str, Found], key: Found) -> Found:
    """A value without going where it refers to: layers are told by their number."""
    get = getattr(dictionary, "raw_get", None)
    return get(key) if get is not None and isinstance(key, str) and key in dictionary else None


def number(found: Found, otherwise: float) -> float:
    """A number that is finite."""
    value = float(found) if isinstance(found, int | float) else otherwise
    return value if math.isfinite(value) else otherwise


def numbers(found: Found, count: int) -> tuple[float, ...]:
    """As many numbers, 0 where there is none."""
    given = list(found)[:count]
    return tuple(number(each, 0.0) for each in [*given, *([0.0] * (count - len(given)))])
