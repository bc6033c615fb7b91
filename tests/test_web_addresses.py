"""No spelling of an internal address, and no way there, makes a connection."""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import SourceError
from summarizer.reading.web import fetch_url
from summarizer.reading.web.addresses import objection_to
from summarizer.reading.web.fetching import Web
from summarizer.reading.web.targets import target_of
from web_server import canary, moved, site

pytestmark = pytest.mark.loopback

SPELLINGS = [
    "http://127.0.0.1:{port}/",
    "HTTP://127.0.0.1:{port}/",
    "  http://127.0.0.1:{port}/",
    "http:\\\\127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "http:///127.0.0.1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://127.0.0.1..:{port}/",
    "http://.127.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://127.255.255.254:{port}/",
    "http://2130706433:{port}/",
    "http://2130706433.:{port}/",
    "http://0x7f000001:{port}/",
    "http://0X7F.0.0.1:{port}/",
    "http://0x7f.1:{port}/",
    "http://017700000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0177.0.0.0x1:{port}/",
    "http://127.0.0.0001:{port}/",
    "http://4294967296:{port}/",
    "http://6425673729:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://1.2.3.4.127.0.0.1:{port}/",
    "http://[::1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[::]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/",
    "http://[::ffff:0:127.0.0.1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[64:ff9b:1::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[2001:0:7f00:1::80ff:fffe]:{port}/",
    "http://[fe80::1]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://[::1%25lo]:{port}/",
    "http://[::ffff:127.0.0.1%25lo]:{port}/",
    "http://[fc00::1]:{port}/",
    "http://[ff02::1]:{port}/",
    "http://[127.0.0.1]:{port}/",
    "http://[::1].halvik.example:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127．0．0．1:{port}/",
    "http://１２７.０.０.１:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://١٢٧.٠.٠.١:{port}/",
    "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/",
    "http://127.0.0.1%00.halvik.example:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://127%2e0%2e0%2e1:{port}/",
    "http://local\u00adhost:{port}/",
    "http://local\thost:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://inside.halvik.example:{port}/",
    "http://halvik.example@127.0.0.1:{port}/",
    "http://halvik.example:80@127.0.0.1:{port}/",
    "http://@127.0.0.1:{port}/",
    "http://halvik.example\\@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@halvik.example/",
    "http://127.0.0.1:{port}#@halvik.example/",
    "http://127.0.0.1:{port}?@halvik.example/",
    "http://halvik.example%40127.0.0.1:{port}/",
    "http://127.0.0.1 .halvik.example:{port}/",
    "ftp://127.0.0.1:{port}/",
    "file://127.0.0.1:{port}/etc/passwd",
    "gopher://127.0.0.1:{port}/_x",
    "ws://127.0.0.1:{port}/",
]


def libc(host: str, port: int) -> Sequence[str]:
    """A resolver as kind as the C library's: every number is an address, and every name leads inside."""
    try:
        return [socket.inet_ntoa(socket.inet_aton(host))]
    except OSError:
        return ["127.0.0.1"]


INSIDE = Web(resolve=libc, seconds=30)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_an_internal_address_makes_a_connection(spelling: str) -> None:
    with canary() as door:
        with pytest.raises(SourceError) as refused:
            fetch_url(spelling.format(port=door.port), limit=1000, web=INSIDE)
        assert (door.knocks(), str(refused.value).count("\n")) == (0, 0)


@pytest.mark.parametrize("spelling", [*SPELLINGS, "//127.0.0.1:{port}/", "//[::ffff:127.0.0.1]:{port}/"])
def test_no_redirect_to_a_spelling_of_an_internal_address_makes_a_connection(spelling: str) -> None:
    with canary() as door, site({"/": moved(spelling.format(port=door.port))}) as outside:

        def objection(address: object, port: int) -> str | None:
            return None if port == outside.port else "this machine"

        web = Web(resolve=libc, objection=objection, seconds=30)
        with pytest.raises(SourceError):
            fetch_url(f"http://127.0.0.1:{outside.port}/", limit=1000, web=web)
        assert (door.knocks(), outside.connections) == (0, 1)


def test_the_canary_hears_a_connection_that_is_made() -> None:
    with canary() as door, pytest.raises(SourceError, match="sent nothing"):
        fetch_url(f"http://127.0.0.1:{door.port}/", limit=1000, web=Web(objection=lambda address, port: None, idle_seconds=0.1))
    with canary() as door:
        socket.create_connection(("127.0.0.1", door.port)).close()
        assert door.knocks() == 1


@pytest.mark.parametrize(
    ("address", "objection"),
    [
        ("8.8.8.8", None),
        ("172.15.255.255", None),
        ("172.32.0.0", None),
        ("100.63.255.255", None),
        ("100.128.0.0", None),
        ("2606:4700::1111", None),
        ("2a00:1450:4001::200e", None),
        ("0.1.2.3", "this machine"),
        ("10.255.0.1", "a private network"),
        ("100.64.0.1", "a provider's shared addresses"),
        ("100.100.100.200", "a provider's shared addresses"),
        ("127.8.8.8", "this machine"),
        ("168.63.129.16", "the inside of a cloud"),
        ("169.254.169.254", "the local link"),
        ("172.16.0.1", "a private network"),
        ("172.31.255.255", "a private network"),
        ("192.0.0.192", "a reserved network"),
        ("192.0.2.1", "reserved for documentation"),
        ("192.88.99.1", "a 6to4 tunnel"),
        ("192.168.1.1", "a private network"),
        ("198.19.0.1", "reserved for measurements"),
        ("198.51.100.1", "reserved for documentation"),
        ("203.0.113.1", "reserved for documentation"),
        ("224.0.0.251", "multicast"),
        ("239.255.255.250", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::", "this machine"),
        ("::1", "this machine"),
        ("::8.8.8.8", "an IPv4 address in another form"),
        ("::ffff:8.8.8.8", "an IPv4 address in another form"),
        ("::ffff:0:8.8.8.8", "an IPv4 address in another form"),
        ("64:ff9b::8.8.8.8", "an IPv4 address translated by NAT64"),
        ("64:ff9b:1::8.8.8.8", "an IPv4 address translated by NAT64"),
        ("100::1", "a reserved network"),
        ("2001::1", "a Teredo tunnel"),
        ("2001:2::1", "a reserved network"),
        ("2001:20::1", "a reserved network"),
        ("2001:db8::1", "reserved for documentation"),
        ("2002:808:808::", "a 6to4 tunnel"),
        ("3fff::1", "reserved for documentation"),
        ("4000::1", "a reserved network"),
        ("5f00::1", "a reserved network"),
        ("fd00:ec2::254", "a private network"),
        ("fe80::1", "the local link"),
        ("febf::1", "the local link"),
        ("fec0::1", "a private network"),
        ("ff02::1", "multicast"),
        ("fe80::1%eth0", "an address of one network interface"),
        ("2606:4700::1111%eth0", "an address of one network interface"),
    ],
)
def test_only_public_addresses_are_connected_to(address: str, objection: str | None) -> None:
    assert objection_to(ip_address(address), 80) == objection


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "fe80::1%lo",
        "fd00::1",
    ],
)
def test_a_name_that_leads_inside_makes_no_connection_and_says_where_it_leads(address: str) -> None:
    with canary() as door:
        with pytest.raises(SourceError) as refused:
            fetch_url(f"http://halvik.example:{door.port}/", limit=1000, web=Web(resolve=lambda host, port: [address]))
        assert door.knocks() == 0
    assert f"it leads to {ip_address(address)} (" in str(refused.value)


@given(url=st.from_regex(r"(https?:)?//[ -\U000e007f]{0,20}") | st.text().map("https://".__add__))
def test_whatever_is_written_is_one_plain_host_or_refused(url: str) -> None:
    with suppress(SourceError):
        host = target_of(url).host
        assert re.fullmatch(r"[a-z0-9_.:-]+", host)
        assert re.fullmatch(r"[0-9.]+|[0-9a-f:]+|.*[a-z_-][^.]*", host)


def test_every_ipv4_address_in_ipv6_is_refused_whatever_it_is() -> None:
    prefixes = ("::", "::ffff:", "::ffff:0:", "64:ff9b::", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:")
    addresses = [ip_address(prefix + ipv4) for prefix in prefixes for ipv4 in ("8.8.8.8", "127.0.0.1", "10.0.0.1")]
    assert [address for address in addresses if objection_to(address, 443) is None] == []
