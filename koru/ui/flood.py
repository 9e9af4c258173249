"""Against floods of requests, without a third party: counting in the cache. Only hashes are kept, and not for long."""

import hashlib

from django.core.cache import cache


def over(what: str, who: str, limit: int, seconds: int) -> bool:
    """Count one more time; whether that is more than `limit` in so many seconds. `what` tells counts apart."""
    key = f"{what}:{hashlib.sha256(who.encode()).hexdigest()}"
    if cache.add(key, 1, seconds):
        return False
    try:
        return int(cache.incr(key)) > limit
    except ValueError:  # it ran out between the two
        return False
