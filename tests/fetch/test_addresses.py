"""Which addresses may be visited."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import NotFetched
from onrecord.fetch.addresses import spot, unfit

PRIVATE = (
    "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "192.0.0.8", "198.18.0.1", "203.0.113.9", "168.63.129.16", "100.100.100.200", "::1", "::",
    "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "::7f00:1", "2001:db8::1", "fe80::1%eth0", "nonsense", "",
)  # fmt: skip
PUBLIC = ("93.184.215.14", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101")


@pytest.mark.parametrize("address", PRIVATE)
def test_private_machines_are_unfit(address: str) -> None:
    assert unfit(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_machines_are_fit(address: str) -> None:
    assert unfit(address) is None


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "192.168.0.9", "::1", "fd12::1", "::ffff:10.0.0.1", "1.1.1.1"]
)
def test_machines_of_the_own_network_are_fit_where_that_is_meant(address: str) -> None:
    assert unfit(address, private=True) is None


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fd00:ec2::254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "224.0.0.1", "fe80::1", "0.0.0.0", "240.0.0.1"]
)  # fmt: skip
def test_metadata_and_what_is_no_machine_are_never_fit(address: str) -> None:
    assert unfit(address, private=True)


@given(st.ip_addresses())
def test_what_python_calls_private_is_unfit(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    mapped = getattr(address, "ipv4_mapped", None)
    if not (mapped or address).is_global:
        assert unfit(str(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.1/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://2130706433/", "http://0/", "http://017700000001/",
        "http://127.0.0.1.:80/x y", "http://1.2.3.4.5/", "ftp://a.example/", "file:///etc/passwd", "gopher://a.example/", "//a.example/",
        "javascript:alert(1)", "data:text/html,x", "http://", "http:///x", "http://user@a.example/", "http://user:word@a.example/",
        "http://a.example:22/", "http://a.example:0/", "http://a.example:99999/", "http://a.example:6379/", "http://a.example\\@b.example/",
        "http://a.example/\r\nHost: b.example", "http://a.example/\x00", "http://[::1%25eth0]/", "http://[nonsense]/", "http://[::1/",
        "http://a..example/", "http://a.example/" + "x" * 5000, "http://" + "a" * 64 + ".example/", "http://a%2eexample/",
    ],
)  # fmt: skip
def test_addresses_that_deceive_are_refused(url: str) -> None:
    with pytest.raises(NotFetched) as caught:
        spot(url)
    assert caught.value.hint


def test_full_width_digits_are_the_digits_they_look_like() -> None:
    assert spot("http://１２７。０.０.１/").host == "127.0.0.1"


def test_an_address_is_written_one_way() -> None:
    made = spot("HTTPS://A.Example:443/söme path?q=ü#part".replace(" ", "%20"))
    assert (made.host, made.port, made.authority) == ("a.example", 443, "a.example")
    assert made.url == "https://a.example/s%C3%B6me%20path?q=%C3%BC"
    assert spot("http://bücher.example/").host == "xn--bcher-kva.example"
    assert spot("http://[2606:4700::1111]:8080/x").url == "http://[2606:4700::1111]:8080/x"


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for url in (text, f"http://{text}", f"https://a.example{text}"):
        try:
            made = spot(url)
        except NotFetched:
            continue
        assert made.scheme in ("http", "https")
        assert made.host.isascii() and made.target.isascii() and made.target.startswith("/")
        assert not any(c.isspace() for c in made.url)
        assert spot(made.url) == made
