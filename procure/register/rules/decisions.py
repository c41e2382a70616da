"""The kinds of decision in the public register, and the feed of the newest ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from xml.etree import ElementTree

from procure.choices import Labelled


class Kind(Labelled):
    """Who took a decision."""

    BODY = "body", "Cabinet or another body"
    MEMBER = "member", "A Cabinet Member"
    OFFICER = "officer", "An officer"


@dataclass(frozen=True)
class FeedItem:
    """One decision in the feed. `url` is its permanent address, and its identity."""

    title: str
    url: str
    said: str
    published_on: date
    maker: str


ATOM = "http://www.w3.org/2005/Atom"


def rss(title: str, about: str, home: str, feed: str, items: Sequence[FeedItem]) -> bytes:
    """An RSS 2.0 feed, newest item first, as UTF-8."""
    ElementTree.register_namespace("atom", ATOM)
    root = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(root, "channel")
    for name, said in (("title", title), ("link", home), ("description", about), ("language", "en-gb")):
        ElementTree.SubElement(channel, name).text = readable(said)
    ElementTree.SubElement(channel, f"{{{ATOM}}}link", href=feed, rel="self", type="application/rss+xml")
    if items:
        ElementTree.SubElement(channel, "lastBuildDate").text = _moment(max(item.published_on for item in items))
    for item in items:
        node = ElementTree.SubElement(channel, "item")
        ElementTree.SubElement(node, "title").text = readable(item.title)
        ElementTree.SubElement(node, "link").text = item.url
        ElementTree.SubElement(node, "guid", isPermaLink="true").text = item.url
        ElementTree.SubElement(node, "description").text = readable(item.said)
        ElementTree.SubElement(node, "category").text = readable(item.maker)
        ElementTree.SubElement(node, "pubDate").text = _moment(item.published_on)
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _moment(day: date) -> str:
    """A day as RSS writes a moment: its beginning."""
    return format_datetime(datetime.combine(day, time(), UTC), usegmt=True)


def readable(text: str) -> str:
    """A text without the control characters that XML can't hold."""
    return "".join(letter for letter in text if letter in "\t\n\r" or ord(letter) >= 32)
