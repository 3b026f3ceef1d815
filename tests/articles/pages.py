"""News pages of several layouts, written for the tests; all say the same about invented people."""

from __future__ import annotations

FIRST = (
    "Ana Bell met Bo Cole in Oslo on Monday. They spoke for two hours about the treaty, and agreed to meet "
    "again in May, when the ministers of Peru and Chile will come to Norway."
)
SECOND = (
    "“It was a good talk,” said Bo Cole after the meeting. Ana Bell told the parliament of Norway that Peru "
    "would withdraw its troops from the border within three months."
)
TEXT = f"{FIRST}\n\n{SECOND}"
BODY = f"<p>{FIRST}</p>\n<p>{SECOND}</p>"
COOKIES = """<div id="cookie-banner" class="consent"><p>We and our partners use cookies to store and access
personal data on your device, and to show you adverts.</p><button>Accept all</button></div>"""
MENU = """<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li>
<li><a href="/sport">Sport</a></li></ul></nav></header>"""
RELATED = """<aside class="related"><h3>Related stories</h3><ul>
<li><a href="/1">Chile wins the cup after a long match against Peru</a>
<time datetime="2019-06-01">1 June 2019</time></li>
<li><a href="/2">Rain is expected in Bergen again this weekend</a></li></ul></aside>"""
COMMENTS = """<section id="comments" class="comments"><h3>2 comments</h3><div class="comment">
<time datetime="2021-01-01">1 January 2021</time>
<p>I do not believe a word of what Bo Cole says here.</p></div></section>"""
FOOTER = """<footer><p>Copyright © 2019 Oslo Post. All rights reserved.
Last updated 4 July 2022.</p></footer>"""


def page(*, head: str = "", above: str = "", body: str = BODY, title: str = "Talks begin in Oslo") -> str:
    """A page with all that stands around an article."""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | Oslo Post</title>{head}
<script>document.write("<p>Not a text, but a script that writes one.</p>")</script>
<style>p {{ color: red }}</style></head><body>{COOKIES}{MENU}
<main><article><h1>{title}</h1>{above}
<div class="share"><a href="#">Share</a> <a href="#">Tweet</a></div>
{body}</article></main>{RELATED}{COMMENTS}{FOOTER}</body></html>"""


LINKED_DATA = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
{"@type": "Organization", "name": "Oslo Post", "foundingDate": "1901-01-01"},
{"@type": "NewsArticle", "headline": "Talks begin", "datePublished": "2025-03-02T23:30:00-05:00",
 "dateModified": "2025-03-09T08:00:00Z",
 "publisher": {"@type": "Organization", "name": "Oslo Post"}}]}</script>"""
OPEN_GRAPH = """<meta property="og:site_name" content="Oslo Post">
<meta property="og:title" content="Talks begin in Oslo">
<meta property="article:modified_time" content="2025-03-09T08:00:00Z">
<meta property="article:published_time" content="2025-03-02T08:00:00+01:00">"""
CANONICAL = '<link rel="canonical" href="https://oslo.example/talks-begin">'

AMP = f"""<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><title>Talks begin in Oslo</title>
<link rel="canonical" href="https://oslo.example/talks-begin"><script async src="https://cdn.example/v0.js"></script>
<style amp-custom>p {{ color: red }}</style>{LINKED_DATA}</head><body>
<amp-sidebar id="s"><ul><li><a href="/">Home</a></li></ul></amp-sidebar>
<article class="amp-wp-article"><header><h1>Talks begin in Oslo</h1></header>
<amp-img src="a.jpg" width="1" height="1"></amp-img><div class="amp-wp-article-content">{BODY}</div></article>
<amp-analytics type="x"><script type="application/json">{{"a": 1}}</script></amp-analytics></body></html>"""
DIVISIONS = f"""<html><head><title>Talks begin in Oslo - Oslo Post</title>{OPEN_GRAPH}</head><body>
<div id="wrap"><div class="topbar"><span>Menu</span><a href="/login">Sign in</a></div>
<div class="mostread"><ul>
<li><a href="/1">Chile wins the cup after a long match against Peru</a></li></ul></div>
<div class="story"><h1 class="hl">Talks begin in Oslo</h1>
<figure><img src="a.jpg"><figcaption>Bo Cole in Oslo. Photo: an agency</figcaption></figure>
<div class="story-body"><div class="para"><p>{FIRST}</p></div><div class="ad-slot">Advertisement</div>
<div class="para"><p>{SECOND}</p></div></div></div></div>{FOOTER}</body></html>"""
PAYWALL = page(
    head=OPEN_GRAPH,
    body=f"""<p>{FIRST}</p><div class="paywall"><h2>Subscribe to read on</h2>
<a href="/subscribe">Subscribe for 1 € a month</a></div>""",
)
LIVE = page(
    head="""<script type="application/ld+json">{"@type": "LiveBlogPosting", "datePublished": "2025-03-02",
"coverageStartTime": "2025-03-01",
"liveBlogUpdate": [{"@type": "BlogPosting", "datePublished": "2025-03-03"}]}</script>""",
    body=f"""<section class="post"><time datetime="2025-03-03T10:00:00Z">10:00</time><p>{FIRST}</p></section>
<section class="post"><time datetime="2025-03-03T09:00:00Z">09:00</time><p>{SECOND}</p></section>""",
)
FOREIGN = page(
    title="Samtaler begynner i Oslo",
    head='<meta property="article:published_time" content="2025-03-02">',
    body="""<p>Ana Bell møtte Bo Cole i Oslo på mandag. De snakket i to timer om avtalen, og ble enige om å
møtes igjen i mai, når ministrene fra Peru og Chile kommer til Norge.</p>
<p>Det var en god samtale, sa Bo Cole etter møtet.
Ana Bell fortalte Stortinget at Peru ville trekke troppene sine tilbake fra grensen innen tre måneder.</p>""",
)
