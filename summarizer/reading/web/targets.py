"""Where a web address leads, as it is written: one reading of it, with nothing left for anybody else to read otherwise.

Resolvers and libraries take 0x7f.1, 2130706433 and 0177.0.0.1 for addresses, each in its own way. Here a host is a plain
name, or an address in the one spelling that the standards have for it; anything else is refused before it is looked up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address

import httpx2

from summarizer.errors import SourceError
from summarizer.reading.web.addresses import Address
from summarizer.reading.web.naming import as_shown

_PORTS = {"http": 80, "https": 443}
_LONGEST_NAME = 253  # characters, and 63 to a label: RFC 1035
_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")  # what the WHATWG URL standard takes for an IPv4 address


@dataclass(frozen=True, slots=True)
class Target:
    """A web address whose host is a plain name, or an address: `address`, where no name has to be looked up."""

    url: httpx2.URL
    host: str
    port: int
    address: Address | None

    @property
    def is_encrypted(self) -> bool:
        """Whether the connection is to be encrypted, and the certificate checked."""
        return self.url.scheme == "https"

    @property
    def authority(self) -> str:
        """The value of the header `Host`."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.url.port is None else f"{host}:{self.url.port}"

    def at(self, address: Address) -> httpx2.URL:
        """The same page, by an address instead of the name."""
        return self.url.copy_with(host=str(address), fragment=None)


def target_of(url: str, *, seen_from: Target | None = None) -> Target:
    """Where an address leads; a relative one from the page that it was found on. SourceError for one that is not clear."""
    try:
        parsed = httpx2.URL(url.strip())
        if seen_from and not parsed.scheme:
            parsed = seen_from.url.join(parsed)
    except (httpx2.InvalidURL, ValueError) as error:
        raise _unclear(url, "it cannot be parsed") from error
    if parsed.scheme not in _PORTS:
        raise SourceError(f"{as_shown(url)} is not fetched: only http and https are.")
    if parsed.userinfo:
        raise SourceError(
            f"{as_shown(url)} is not fetched, since it holds a user or a password: save the page and give the file."
        )
    port = _PORTS[parsed.scheme] if parsed.port is None else parsed.port
    if not 0 < port < 65536:
        raise _unclear(url, f"there is no port {port}")
    host = parsed.raw_host.decode("ascii").lower().removesuffix(".")
    return Target(url=parsed, host=host, port=port, address=_address(host, url))


def _address(host: str, url: str) -> Address | None:
    """The address that a host is; None for a name."""
    if not host:
        raise _unclear(url, "it names no host")
    if ":" in host or _NUMBER.fullmatch(host):
        try:
            return ip_address(host)
        except ValueError as error:
            raise _unclear(url, "its host is a number in an unusual spelling") from error
    if len(host) > _LONGEST_NAME or not _NAME.fullmatch(host):
        raise _unclear(url, "its host is not a plain name")
    return None


def _unclear(url: str, reason: str) -> SourceError:
    return SourceError(f"{as_shown(url)} is no clear web address ({reason}): write it as a browser shows it.")
