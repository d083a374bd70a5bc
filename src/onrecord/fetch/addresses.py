"""Which addresses may be visited: http and https, public machines only, none written so as to look like another.

Whoever controls a page or a name server can send a program to machines behind the firewall of the person who runs it
(request forgery; OWASP, "Server Side Request Forgery Prevention"). So every address is checked, the named one and each
one that it leads to, as written and as its name resolves; and what was checked is what is connected to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, urlsplit

from onrecord.errors import NotFetched

PORTS = {"http": 80, "https": 443}
ALLOWED_PORTS = frozenset((80, 443, 8080, 8443))  # others are mail, databases and the like as often as pages
UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*")
NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")
LONGEST = 4_000
# Where clouds answer their machines' questions about passwords; two of them lie among public addresses.
METADATA = frozenset(map(ip_address, ("169.254.169.254", "168.63.129.16", "100.100.100.200", "fd00:ec2::254")))
EMBEDDING = tuple(map(IPv6Network, ("64:ff9b::/96", "::/96")))  # NAT64 (RFC 6052), and IPv4-compatible (RFC 4291)
# Of IANA's special-purpose registries, what some Python of ours does not know yet: protocol assignments, relay anycast,
# a network's own NAT64 (RFC 8215), documentation (RFC 9637), segment routing (RFC 9602).
SPECIAL = tuple(map(ip_network, ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "3fff::/20", "5f00::/16")))
BY_HAND = "save the page in a browser, and build from the file"
Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Spot:
    """An address taken to pieces: what to ask (`target`), of whom (`host` in ASCII), and where."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as a Host header has them."""
        return on(self.host) + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        """The address written one way only, without its fragment."""
        return f"{self.scheme}://{self.authority}{self.target}"


def on(host: str) -> str:
    """A host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def spot(url: str, private: bool = False) -> Spot:
    """An address that may be asked for, as far as its letters tell.

    Args:
        url: as a person or a redirect wrote it.
        private: whether machines of this network, and any port, are meant to be reached.

    Raises:
        NotFetched: it names no page of the web, hides a password, or is written so as to deceive.
    """
    if len(url) > LONGEST or UNSAFE.search(url):
        raise refused("an address with white space or control characters, or without end", url)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise refused("no address", url) from None
    if parts.scheme not in PORTS:
        raise refused(f"not http or https, but {parts.scheme[:20] or 'nothing'}", url)
    if "@" in parts.netloc:
        raise refused("an address with a name or password in it", url)
    port = PORTS[parts.scheme] if port is None else port
    if port == 0 or not (private or port in ALLOWED_PORTS):
        raise refused(f"port {port}, where pages seldom are", url)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]|") if parts.query else ""
    )
    return Spot(parts.scheme, _host(host, url, "[" in parts.netloc), port, target)


def _host(host: str, url: str, bracketed: bool) -> str:
    """A name in ASCII or a plain address. Numbers in other forms (127.1, octal, hexadecimal, one number) are refused:
    programs differ over what they mean, and that is what they are written for."""
    if bracketed:
        try:
            return str(IPv6Address(host)) if "%" not in host else _odd(url)
        except ValueError:
            return _odd(url)
    name = host.removesuffix(".")
    if not name.isascii():
        import idna  # comes with httpx

        try:
            name = idna.encode(name, uts46=True).decode("ascii")
        except idna.IDNAError:
            return _odd(url)
    name = name.lower()
    if not HOST.fullmatch(name) or len(name) > 253:
        return _odd(url)
    if NUMBER.fullmatch(name.rpartition(".")[2]):
        try:
            return str(IPv4Address(name))
        except ValueError:
            return _odd(url)
    return name


def _odd(url: str) -> str:
    raise refused("a host written in an odd way", url)


def refused(what: str, url: str) -> NotFetched:
    """The error for an address that is not visited."""
    return NotFetched(f"not fetched: {what}", where=url[:300], hint=BY_HAND)


def unfit(address: str, private: bool = False) -> str | None:
    """Why a machine is not connected to; None when it may be.

    Args:
        address: as a name server gave it.
        private: whether machines of this network are meant to be reached. Metadata services, link-local, multicast and
            reserved addresses are refused all the same.

    >>> unfit("93.184.215.14") is None, unfit("::ffff:10.0.0.1"), unfit("10.0.0.1", private=True) is None
    (True, 'a private machine (::ffff:10.0.0.1)', True)
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return f"no address ({address[:60]})"
    for each in _all(found):
        if kind := _unfit(each, private):
            return f"{kind} ({address})"
    return None


def _unfit(address: Address, private: bool) -> str | None:
    if address in METADATA:
        return "a service that tells secrets of the machine"
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return "no machine of the web"
    if any(address in network for network in SPECIAL):
        return "no machine of the web"
    if address.is_global and not address.is_reserved:
        return None
    if isinstance(address, IPv4Address) and address.is_reserved:
        return "no machine of the web"
    return None if private else "a private machine"


def _all(address: Address) -> Iterator[Address]:
    """An address and those that it carries inside: mapped, translated, or tunnelled."""
    inside = list(_inside(address)) if isinstance(address, IPv6Address) else []
    if not (inside and isinstance(address, IPv6Address) and (address.ipv4_mapped or address in EMBEDDING[0])):
        yield address
    yield from inside


def _inside(address: IPv6Address) -> Iterator[IPv4Address]:
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if any(address in network for network in EMBEDDING) and int(address) > 1:
        yield IPv4Address(int(address) & 0xFFFFFFFF)
