"""Watches feeds: asks them now and then, politely, and adds what is new to a graph.

`lists` reads which feeds; `state` keeps what is known of each between two runs; `schedule` says when each is
asked; `polling` asks one; `gathering` makes articles of what is new and stores them; `watcher` goes round.
"""

from kg.watching.lists import named_feeds
from kg.watching.watcher import Watcher, WatchOptions, WatchReport

__all__ = ["WatchOptions", "WatchReport", "Watcher", "named_feeds"]
