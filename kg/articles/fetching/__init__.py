"""Fetches what an address of the web holds, within limits, politely, and from public addresses alone.

Nothing is fetched but what the user names and what that leads to. What is done with a body is for
`kg.articles.urls` to know. `targets` takes addresses apart, `addresses` says where may be connected to,
`connections` connects there and nowhere else, `bodies` unpacks, `robots` and `pauses` are good manners, and
`fetcher` puts them in order.
"""

from kg.articles.fetching.fetcher import Answer, Fetcher, fetch, shared_fetcher
from kg.articles.fetching.records import USER_AGENT, Fetched, FetchLimits

__all__ = ["USER_AGENT", "Answer", "FetchLimits", "Fetched", "Fetcher", "fetch", "shared_fetcher"]
