"""Pages that everybody reads alike, kept in each process's memory until what they show changes (ADR 0058).

A view says so with `for_everybody`, or calls `offer`; everything else stays `no-store`. `listen` starts the thread that
hears of changes: without it nothing is kept.
"""

from kit.page_cache.hearing import CHANNEL, listen
from kit.page_cache.offering import for_everybody, is_offered, offer

__all__ = ["CHANNEL", "for_everybody", "is_offered", "listen", "offer"]
