"""What is fetched from the web comes whole, within bounds, from where the user said; nothing of the user's goes there."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

import httpx2
import pytest
import trustme

from summarizer.errors import SourceError
from summarizer.reading import read
from summarizer.reading.content import Declared
from summarizer.reading.web import fetch_url, looks_like_url, url_not_allowed
from summarizer.reading.web.fetching import MOST_ADDRESSES, MOST_REDIRECTS, Fetched, Web
from summarizer.version import __version__
from web_server import Answer, canary, moved, page, site

URL = "https://halvik.example/report"
PUBLIC = "93.184.215.14"
BODY = b"<p>Halvik said no.</p>"

Handler = Callable[[httpx2.Request], httpx2.Response]


class Raw(httpx2.SyncByteStream):
    """A body as it comes, in these pieces."""

    def __init__(self, *chunks: bytes) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._chunks)


def html(*chunks: bytes, status: int = 200, **headers: str) -> httpx2.Response:
    fields = {"content_type": "text/html; charset=UTF-8"} | headers
    named = {name.replace("_", "-"): value for name, value in fields.items() if value}
    return httpx2.Response(status, headers=named, stream=Raw(*(chunks or (BODY,))))


def answering(handler: Handler, *addresses: str) -> Web:
    """A web in which every name has these addresses, and this answers at all of them."""
    return Web(resolve=lambda host, port: addresses or (PUBLIC,), transport=lambda: httpx2.MockTransport(handler))


def with_answer(response: httpx2.Response) -> Web:
    return answering(lambda request: response)


def on_loopback(**options: float) -> Web:
    """A web that lies on this machine."""
    seconds, idle_seconds = options.get("seconds", 30), options.get("idle_seconds", 30)
    return Web(lambda host, port: ["127.0.0.1"], lambda address, port: None, seconds=seconds, idle_seconds=idle_seconds)


def refusal(web: Web, *, url: str = URL, limit: int = 1000) -> str:
    with pytest.raises(SourceError) as refused:
        fetch_url(url, limit=limit, web=web)
    assert "\n" not in str(refused.value)
    return str(refused.value)


# What is asked, and what comes of it


@pytest.mark.loopback
def test_a_page_comes_whole_and_its_request_says_who_asks_and_nothing_else() -> None:
    with site({"/report?day=2": page(BODY)}) as served:
        url = f"http://halvik.example:{served.port}/report?day=2#demands"
        fetched = fetch_url(url, limit=1000, web=on_loopback())
    assert fetched == Fetched(url, BODY, Declared("text/html", "utf-8"), None)
    assert served.heads == [
        "GET /report?day=2 HTTP/1.1\r\n"
        f"host: halvik.example:{served.port}\r\n"
        f"user-agent: summarizer/{__version__}\r\n"
        "accept: text/html, application/xhtml+xml, text/plain, application/pdf, */*;q=0.5\r\n"
        "accept-encoding: gzip\r\n"
        "connection: close\r\n\r\n"
    ]


@pytest.mark.loopback
def test_the_environment_is_not_asked_for_proxies_credentials_or_certificates(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pytest.TempPathFactory
) -> None:
    netrc = f"{tmp_path}/netrc"
    with open(netrc, "w") as file:  # noqa: PTH123  a fixture's path is typed otherwise
        file.write("machine halvik.example login user password secret\n")
    with canary() as door, site({"/": page(BODY)}) as served:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{door.port}")
        monkeypatch.setenv("NETRC", netrc)
        monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
        fetched = fetch_url(f"http://halvik.example:{served.port}/", limit=1000, web=on_loopback())
        assert (fetched.data, door.knocks(), "authorization" in served.heads[0]) == (BODY, 0, False)


@pytest.mark.parametrize(
    ("content_type", "declared"),
    [
        ("text/html", Declared("text/html", None)),
        ("Text/HTML; Charset=Windows-1251", Declared("text/html", "windows-1251")),
        ("text/plain;charset=utf-8", Declared("text/plain", "utf-8")),
        ("application/xhtml+xml", Declared("application/xhtml+xml", None)),
        ("application/pdf", Declared("application/pdf", None)),
        ("application/octet-stream", Declared("application/octet-stream", None)),
        ("", Declared(None, None)),
    ],
)
def test_a_document_is_told_with_the_type_that_its_server_declares(content_type: str, declared: Declared) -> None:
    web = with_answer(html(content_type=content_type))
    assert fetch_url(URL, limit=1000, web=web) == Fetched(URL, BODY, declared, None)


@pytest.mark.parametrize("content_type", ["image/png", "video/mp4", "application/zip", "application/json", "x/" + "y" * 9999])
def test_what_is_no_document_is_refused_by_its_type(content_type: str) -> None:
    assert refusal(with_answer(html(content_type=content_type))) == (
        f"'{URL}' is {content_type[:100]!r}, and only web pages, text, PDF and Word documents are fetched: "
        "save the page with a browser and give the file."
    )


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (204, "204 (no content): save the page with a browser and give the file."),
        (206, "206 (partial content): save the page with a browser and give the file."),
        (304, "304 (not modified): save the page with a browser and give the file."),
        (401, "401 (unauthorized), which is no leave to read it: save the page with a browser and give the file."),
        (403, "403 (forbidden), which is no leave to read it: save the page with a browser and give the file."),
        (404, "404 (not found): check the address."),
        (429, "429 (too many requests): try again later, or save the page with a browser and give the file."),
        (503, "503 (service unavailable): try again later, or save the page with a browser and give the file."),
        (599, "599: save the page with a browser and give the file."),
    ],
)
def test_a_status_other_than_success_is_told_with_the_next_move(status: int, words: str) -> None:
    assert refusal(with_answer(html(status=status))) == f"'{URL}' was answered with {words}"


# Names and addresses


def test_a_name_is_looked_up_once_and_the_checked_address_is_the_one_that_is_asked() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    asked: list[tuple[str, str, object]] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        asked.append((str(request.url), request.headers["host"], request.extensions.get("sni_hostname")))
        return html()

    web = Web(resolve=lambda host, port: next(answers), transport=lambda: httpx2.MockTransport(handler))
    fetch_url("https://Halvik.example.:8443/report#x", limit=1000, web=web)
    assert asked == [(f"https://{PUBLIC}:8443/report", "halvik.example:8443", "halvik.example")]


@pytest.mark.parametrize(
    ("url", "host", "asked"),
    [
        ("http://bücher.halvik.example/ü", "xn--bcher-kva.halvik.example", f"http://{PUBLIC}/%C3%BC"),
        ("https://[2606:4700::1111]/", "[2606:4700::1111]", "https://[2606:4700::1111]/"),
        ("https://8.8.8.8:99", "8.8.8.8:99", "https://8.8.8.8:99"),
        ("https://a_b.example:443/a b?c", "a_b.example", f"https://{PUBLIC}/a%20b?c"),
    ],
)
def test_names_and_public_addresses_are_asked_as_the_standards_spell_them(url: str, host: str, asked: str) -> None:
    seen: list[tuple[str, str]] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        seen.append((request.headers["host"], str(request.url)))
        return html()

    fetch_url(url, limit=1000, web=answering(handler))
    assert seen == [(host, asked)]


def test_of_a_name_with_several_addresses_only_public_ones_are_tried_and_not_all_of_them() -> None:
    tried: list[str] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        tried.append(request.url.host)
        raise httpx2.ConnectError("refused", request=request)

    addresses = ["10.0.0.1", "8.8.4.1", "127.0.0.1", "::ffff:8.8.8.8", "fe80::1%lo", *(f"8.8.8.{n}" for n in range(9))]
    message = refusal(answering(handler, *addresses))
    assert message == f"'{URL}' cannot be fetched (no server answers there): check the address and the network."
    assert tried == ["8.8.4.1", "8.8.8.0", "8.8.8.1", "8.8.8.2"][:MOST_ADDRESSES]


def test_the_next_address_of_a_name_is_tried_where_the_first_does_not_answer() -> None:
    def handler(request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "8.8.8.8":
            raise httpx2.ConnectTimeout("late", request=request)
        return html()

    assert fetch_url(URL, limit=1000, web=answering(handler, "8.8.8.8", "8.8.4.4")).data == BODY


@pytest.mark.parametrize("failure", [socket.gaierror("no such name"), UnicodeError("label too long"), []])
def test_a_name_that_nobody_knows_is_told(failure: Exception | list[str]) -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        if isinstance(failure, Exception):
            raise failure
        return failure

    assert refusal(Web(resolve=resolve)) == (
        f"'{URL}' cannot be fetched (no address is known for 'halvik.example'): check the spelling and the network."
    )


@pytest.mark.parametrize("port", [0, 65536, 99999999, -1])
def test_a_port_that_cannot_be_is_no_clear_address(port: int) -> None:
    url = f"http://halvik.example:{port}/"
    assert "is no clear web address" in refusal(with_answer(html()), url=url)


def test_a_password_is_not_repeated() -> None:
    assert refusal(with_answer(html()), url="https://me:secret@halvik.example/") == (
        "'https://...@halvik.example/' is not fetched, since it holds a user or a password: save the page and give the file."
    )


@pytest.mark.parametrize("secret", ["me:secret", "me:se/cret", "me:se#cret", "me:se@cret", "me:se?cret"])
@pytest.mark.parametrize("scheme", ["https://", "https:", "http:///"])
def test_no_mark_in_a_password_lets_it_be_shown(scheme: str, secret: str) -> None:
    assert "cret" not in refusal(with_answer(html()), url=f"{scheme}{secret}@halvik.example/")


def test_a_very_long_address_is_shown_in_part() -> None:
    assert len(refusal(with_answer(html(status=404)), url=URL + "?" + "x" * 60_000)) < 300


# Certificates


class Authority:
    """Whoever signs certificates in a test, and a web that believes it."""

    def __init__(self) -> None:
        self._authority = trustme.CA()

    def server(self, *names: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(*names).configure_cert(context)
        return context

    def web(self) -> Web:
        def transport() -> httpx2.BaseTransport:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            self._authority.configure_trust(context)
            return httpx2.HTTPTransport(verify=context, trust_env=False)

        return Web(lambda host, port: ["127.0.0.1"], lambda address, port: None, transport, seconds=30)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.mark.loopback
def test_the_certificate_is_checked_against_the_name_and_the_name_is_in_the_handshake(authority: Authority) -> None:
    with site({"/": page(BODY)}, context=authority.server("halvik.example")) as served:
        fetched = fetch_url(f"https://halvik.example.:{served.port}/", limit=1000, web=authority.web())
    assert (fetched.data, served.names) == (BODY, ["halvik.example"])


@pytest.mark.loopback
def test_an_address_has_to_be_in_the_certificate_too(authority: Authority) -> None:
    with site({"/": page(BODY)}, context=authority.server("127.0.0.1")) as served:
        assert fetch_url(f"https://127.0.0.1:{served.port}/", limit=1000, web=authority.web()).data == BODY
    with site({"/": page(BODY)}, context=authority.server("halvik.example")) as served:
        message = refusal(authority.web(), url=f"https://127.0.0.1:{served.port}/")
    assert "its certificate is not valid (IP address mismatch, certificate is not valid for '127.0.0.1')" in message
    assert served.heads == []


@pytest.mark.loopback
def test_a_certificate_of_another_name_is_refused_before_anything_is_asked(authority: Authority) -> None:
    with site({"/": page(BODY)}, context=authority.server("other.example")) as served:
        message = refusal(authority.web(), url=f"https://halvik.example:{served.port}/")
    assert "its certificate is not valid (Hostname mismatch, certificate is not valid for 'halvik.example')" in message
    assert served.heads == []


@pytest.mark.loopback
def test_a_certificate_that_nobody_known_signed_is_refused(authority: Authority) -> None:
    with site({"/": page(BODY)}, context=authority.server("halvik.example")) as served:
        message = refusal(on_loopback(), url=f"https://halvik.example:{served.port}/")
    assert "its certificate is not valid (unable to get local issuer certificate)" in message
    assert served.heads == []


@pytest.mark.loopback
def test_a_connection_to_one_name_never_serves_another_at_the_same_address(authority: Authority) -> None:
    answers: dict[str, Answer] = {}
    with site(answers, context=authority.server("halvik.example")) as served:
        answers |= {"/": moved(f"https://other.example:{served.port}/b"), "/b": page(BODY)}
        message = refusal(authority.web(), url=f"https://halvik.example:{served.port}/")
    assert "certificate is not valid for 'other.example'" in message
    assert [head.split()[1] for head in served.heads] == ["/"]


@pytest.mark.loopback
def test_a_server_that_does_not_encrypt_is_told() -> None:
    with site({}) as served:
        message = refusal(on_loopback(), url=f"https://halvik.example:{served.port}")
    assert message == (
        f"'https://halvik.example:{served.port}' cannot be fetched (no encrypted connection comes about): check the address, "
        "or save the page with a browser and give the file."
    )


# Redirects


def test_redirects_are_followed_to_their_end_without_what_servers_set_on_the_way() -> None:
    steps = {"/report": "b", "/b": "//other.example/c?d#e", "/c": "/f", "/f": "https://halvik.example:444/g", "/g": "?h=1"}
    asked: list[tuple[str, str]] = []

    def handler(request: httpx2.Request) -> httpx2.Response:
        asked.append((request.headers["host"], request.url.raw_path.decode()))
        assert not {"cookie", "authorization", "referer"} & set(request.headers)
        location = None if request.url.query == b"h=1" else steps[request.url.path]
        return html(status=302, location=location, set_cookie="a=b") if location else html()

    fetched = fetch_url(URL, limit=1000, web=answering(handler))
    assert len(asked) == MOST_REDIRECTS + 1
    assert asked == [
        ("halvik.example", "/report"),
        ("halvik.example", "/b"),
        ("other.example", "/c?d"),
        ("other.example", "/f"),
        ("halvik.example:444", "/g"),
        ("halvik.example:444", "/g?h=1"),
    ]
    assert fetched == Fetched(URL, BODY, Declared("text/html", "utf-8"), "https://halvik.example:444/g?h=1")


def test_redirects_without_end_are_cut() -> None:
    assert refusal(answering(lambda request: html(status=307, location="/"))) == (
        f"'{URL}' redirects more than {MOST_REDIRECTS} times: give the address where it ends, "
        "or save the page with a browser and give the file."
    )


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("", "(302) without saying where to"),
        ("http://halvik.example/", "from https to 'http://halvik.example/', which is not encrypted"),
        ("ftp://halvik.example/", "and 'ftp://halvik.example/' is not fetched: only http and https are."),
        ("file:///etc/passwd", "and 'file:///etc/passwd' is not fetched: only http and https are."),
        ("data:text/html,no", "and 'data:text/html,no' is not fetched: only http and https are."),
        (
            "https://a:b@halvik.example/",
            "and 'https://...@halvik.example/' is not fetched, since it holds a user or a password",
        ),
        ("https:///x", "and 'https:///x' is no clear web address (it names no host)"),
    ],
)
def test_a_redirect_that_leads_nowhere_good_is_refused(location: str, words: str) -> None:
    assert f"'{URL}' redirects {words}".replace("redirects and", "redirects, and") in refusal(
        with_answer(html(status=302, location=location))
    )


def test_every_hop_is_looked_up_and_checked() -> None:
    looked_up: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        looked_up.append(host)
        return ["169.254.169.254"] if host == "inside.example" else [PUBLIC]

    web = Web(resolve=resolve, transport=lambda: httpx2.MockTransport(lambda _: html(status=301, location="//inside.example")))
    assert refusal(web) == (
        f"'{URL}' (redirected to 'https://inside.example') is not fetched, since it leads to 169.254.169.254 "
        "(the local link): only public addresses are."
    )
    assert looked_up == ["halvik.example", "inside.example"]


def test_a_plain_page_may_redirect_to_an_encrypted_one() -> None:
    web = answering(lambda request: html() if request.url.scheme == "https" else html(status=301, location=URL))
    assert fetch_url("http://halvik.example/", limit=1000, web=web).moved_to == URL


# Size


def test_a_page_of_exactly_the_limit_comes_and_one_byte_more_does_not() -> None:
    assert fetch_url(URL, limit=6, web=with_answer(html(b"abc", b"def"))).data == b"abcdef"
    assert refusal(with_answer(html(b"abc", b"def", b"g")), limit=6) == (
        f"'{URL}' is larger than 6 bytes: save the part that you need and give the file."
    )


def test_a_page_without_end_is_left_where_it_is_too_large() -> None:
    class Endless(httpx2.SyncByteStream):
        taken = 0

        def __iter__(self) -> Iterator[bytes]:
            while True:
                self.taken += 1
                yield b"x" * 100

    stream = Endless()
    assert "is larger than 1,000 bytes" in refusal(with_answer(httpx2.Response(200, stream=stream)))
    assert stream.taken == 11


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP"])
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_what_is_packed_comes_unpacked_however_it_is_cut(coding: str, size: int) -> None:
    packed = gzip.compress(b"no " * 50_000) + gzip.compress(BODY)
    pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
    web = with_answer(html(*pieces, content_encoding=coding))
    assert fetch_url(URL, limit=200_000, web=web).data == b"no " * 50_000 + BODY


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


def test_a_bomb_is_left_where_it_is_too_large() -> None:
    packed = bomb(200)
    assert len(packed) < 200_000
    message = refusal(with_answer(html(packed, content_encoding="gzip")), limit=1_000_000)
    assert message.startswith(f"'{URL}' is larger than 1,000,000 bytes")


def test_packing_that_holds_nothing_is_limited_too() -> None:
    assert "is larger than 1,000 bytes" in refusal(with_answer(html(*[gzip.compress(b"")] * 99, content_encoding="gzip")))


@pytest.mark.parametrize("coding", ["br", "zstd", "deflate", "compress", "gzip, gzip", "gzip, br", "identity, gzip", "?" * 999])
def test_what_is_packed_as_was_not_asked_for_is_not_unpacked(coding: str) -> None:
    web = with_answer(html(bomb(1), content_encoding=coding))
    assert refusal(web) == (
        f"'{URL}' came packed as {coding[:100]!r}, which was not asked for: save the page with a browser and give the file."
    )


PACKED = gzip.compress(BODY, mtime=0)


@pytest.mark.parametrize(
    "packed",
    [PACKED[:-1], PACKED[:12], b"", BODY, PACKED + b"x", b"\x1f\x8b" + bytes(20)],
    ids=["no end", "half", "nothing", "not packed", "more after it", "no such method"],
)
def test_what_was_packed_and_is_cut_or_damaged_is_not_passed_for_whole(packed: bytes) -> None:
    assert refusal(with_answer(html(packed, content_encoding="gzip"))) == (
        f"'{URL}' came damaged (its gzip packing is broken): try again, or save the page with a browser and give the file."
    )


@pytest.mark.loopback
@pytest.mark.parametrize(
    "answer",
    [
        page(BODY, content_length="9999"),
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n",
        b"HTTP/1.1 200 OK\r\nx: " + b"y" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 50_000 + b"\r\n",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"",
    ],
    ids=["short", "cut chunk", "a long header", "many headers", "not HTTP", "nothing"],
)
def test_an_answer_that_is_cut_too_large_in_its_head_or_no_answer_is_told(answer: bytes) -> None:
    with site({"/": answer}) as served:
        message = refusal(on_loopback(), url=f"http://halvik.example:{served.port}/")
    assert message.endswith(
        "cannot be fetched (the server broke off, or does not speak HTTP): "
        "try again, or save the page with a browser and give the file."
    )


# Time


def dripping(start: bytes, drop: bytes, gone: threading.Event) -> Answer:
    """Send a little now and then, for ever as far as the client can tell; note when it has gone."""

    def answer(connection: socket.socket) -> None:
        try:
            connection.sendall(start)
            while True:
                connection.sendall(drop)
                threading.Event().wait(0.01)
        except OSError:
            gone.set()

    return answer


@pytest.mark.loopback
@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\nx: ", b"y"),
        (b"", b"HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"1;x=y\r\nz\r\n"),
    ],
    ids=["head", "hints", "body", "chunks"],
)
def test_a_server_that_drips_is_left_when_the_time_is_over_and_so_is_its_connection(start: bytes, drop: bytes) -> None:
    gone = threading.Event()
    with site({"/": dripping(start, drop, gone)}) as served:
        message = refusal(on_loopback(seconds=1.0), url=f"http://halvik.example:{served.port}/", limit=10**9)
        assert gone.wait(30)
    assert "took longer than 1 seconds: try again later, or save the page" in message


@pytest.mark.loopback
@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc"], ids=["from the start", "in the middle"]
)
def test_a_server_that_falls_silent_is_left(start: bytes) -> None:
    def answer(connection: socket.socket) -> None:
        connection.sendall(start)
        with suppress(OSError):
            connection.recv(1)

    with site({"/": answer}) as served:
        message = refusal(on_loopback(idle_seconds=0.2), url=f"http://halvik.example:{served.port}/")
    assert "sent nothing for 0.2 seconds" in message


@pytest.mark.loopback
def test_a_connection_that_is_made_when_the_time_is_over_is_not_used(authority: Authority) -> None:
    late, gone = threading.Event(), threading.Event()
    context = authority.server("halvik.example")
    with site({"": lambda connection: gone.set()}, context=context) as served:
        context.sni_callback = lambda *_: late.wait(30) and None
        web = replace(authority.web(), seconds=0.3)
        message = refusal(web, url=f"https://halvik.example:{served.port}/")
        late.set()
        assert gone.wait(30)
    assert "took longer than 0.3 seconds" in message
    assert served.heads == ["\r\n\r\n"]  # nothing was sent


def test_a_name_server_that_does_not_answer_is_left_and_nothing_is_asked_later() -> None:
    answer, asked = threading.Event(), threading.Event()

    def resolve(host: str, port: int) -> Sequence[str]:
        answer.wait(30)
        return [PUBLIC]

    class Noticing(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            asked.set()
            return html()

        def close(self) -> None:
            closed.set()

    closed = threading.Event()
    message = refusal(Web(resolve=resolve, transport=Noticing, seconds=0.1))
    answer.set()
    assert closed.wait(30)  # the thread went on with the late answer, made its connection, and found that nobody waits
    assert "took longer than 0.1 seconds" in message
    assert not asked.is_set()


@pytest.mark.parametrize(
    "error",
    [httpx2.DecodingError("x"), httpx2.TooManyRedirects("x"), httpx2.InvalidURL("x"), ValueError("x"), OSError("x")],
    ids=repr,
)
def test_whatever_a_connection_raises_is_an_error_of_one_line(error: Exception) -> None:
    def fail(request: httpx2.Request) -> httpx2.Response:
        raise error

    assert "(the server broke off, or does not speak HTTP)" in refusal(answering(fail))


# What is read of it


def test_a_page_is_read_as_its_server_declares_it() -> None:
    body = "<p>Zürich sagt nein.</p>".encode("latin-1")
    web = with_answer(html(body, content_type="text/html; charset=ISO-8859-1"))
    document = read(URL, allow_url=True, web=web)
    assert (document.text, document.source, document.warnings) == ("Zürich sagt nein.", URL, ())


def test_a_page_that_came_from_another_address_says_so() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        return html() if request.url.path == "/new" else html(status=301, location="/new")

    document = read(URL, allow_url=True, web=answering(answer))
    assert (document.source, document.warnings) == (
        URL,
        ("It came from 'https://halvik.example/new', to which its address redirects.",),
    )


def test_no_more_of_a_page_is_read_than_64_mebibytes() -> None:
    with pytest.raises(SourceError, match="is larger than 67,108,864 bytes"):
        read(URL, allow_url=True, web=with_answer(html(*[bytes(2**20)] * 65)))


# What looks like a web address


@pytest.mark.parametrize(
    "text", [URL, "HTTP://halvik.example", " https://x", "http:x", "https:/x", "ftp://x", "file:///x", "s3+x://bucket/x"]
)
def test_a_web_address_looks_like_one(text: str) -> None:
    assert looks_like_url(text)


@pytest.mark.parametrize(
    "text", ["", "-", "report.txt", "/a//b", "C:\\x", "c:/x", "c://x", "www.halvik.example", "no: it", "://x"]
)
def test_a_file_does_not_look_like_a_web_address(text: str) -> None:
    assert not looks_like_url(text)


def test_a_web_address_without_leave_is_one_clear_line() -> None:
    assert str(url_not_allowed("https://me:secret@halvik.example/a\nb")) == (
        "'https://...@halvik.example/a\\nb' is a web address, and none is fetched unless asked: "
        "add --allow-url, or save the page and give the file."
    )


def test_the_network_is_not_imported_to_read_files() -> None:
    program = "import sys, summarizer.reading.web; sys.exit('httpx2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
