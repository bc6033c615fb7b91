"""Which addresses are public. All that is not known to be is refused: the machine itself, its networks, ways around them.

Forms of IPv6 that carry an IPv4 address (mapped, compatible, translated, tunnelled) are refused whatever they carry: where
they lead is decided by the machine or its network, and a public site has plain addresses as well.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_network

Address = IPv4Address | IPv6Address

# First match wins. IANA's registries of special-purpose addresses, here since Python's `is_global` differs by release.
_INTERNAL = tuple(
    (ip_network(network), words)
    for network, words in (
        ("0.0.0.0/8", "this machine"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a provider's shared addresses"),
        ("127.0.0.0/8", "this machine"),
        ("168.63.129.16/32", "the inside of a cloud"),  # Azure's: public by its number, and answers virtual machines alone
        ("169.254.0.0/16", "the local link"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "a reserved network"),
        ("192.0.2.0/24", "reserved for documentation"),
        ("192.88.99.0/24", "a 6to4 tunnel"),
        ("192.168.0.0/16", "a private network"),
        ("198.18.0.0/15", "reserved for measurements"),
        ("198.51.100.0/24", "reserved for documentation"),
        ("203.0.113.0/24", "reserved for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "this machine"),
        ("::1/128", "this machine"),
        ("::ffff:0:0/96", "an IPv4 address in another form"),
        ("::ffff:0:0:0/96", "an IPv4 address in another form"),
        ("::/96", "an IPv4 address in another form"),
        ("64:ff9b::/96", "an IPv4 address translated by NAT64"),
        ("64:ff9b:1::/48", "an IPv4 address translated by NAT64"),
        ("2001::/32", "a Teredo tunnel"),
        ("2001::/23", "a reserved network"),
        ("2001:db8::/32", "reserved for documentation"),
        ("2002::/16", "a 6to4 tunnel"),
        ("3fff::/20", "reserved for documentation"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "the local link"),
        ("fec0::/10", "a private network"),
        ("ff00::/8", "multicast"),
    )
)
_PUBLIC_IPV6 = ip_network("2000::/3")  # all that has been given out


def objection_to(address: Address, port: int) -> str | None:
    """What an address is that nobody else could reach, or that leads there; None for a public one, at any port."""
    if isinstance(address, IPv6Address) and address.scope_id:
        return "an address of one network interface"
    for network, words in _INTERNAL:
        if address in network:
            return words
    is_given_out = address.version == 4 or address in _PUBLIC_IPV6
    return None if address.is_global and is_given_out else "a reserved network"


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as the machine resolves it. Raises OSError or UnicodeError when it does not."""
    return tuple(dict.fromkeys(str(place[0]) for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
