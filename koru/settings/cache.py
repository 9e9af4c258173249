"""The cache: Valkey, and this process's own memory while Valkey is away."""

import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)

QUICK = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "retry": Retry(NoBackoff(), 1)}
REST = 5.0


def standing_in(name: str) -> Callable[..., Any]:
    """The method of that name, answered from memory when Valkey can't be reached."""

    def method(self: "ValkeyOrMemory", *args: Any, **kwargs: Any) -> Any:
        if not self.resting():
            try:
                return getattr(super(ValkeyOrMemory, self), name)(*args, **kwargs)
            except RedisError:
                self.rest()
        return getattr(self.memory, name)(*args, **kwargs)

    return method


class ValkeyOrMemory(RedisCache):
    """Limits hold per process instead of per clinic while Valkey is away; nobody waits or gets an error page for it.

    One that did not answer is left alone for five seconds: a frozen Valkey costs one request half a second, not each.
    """

    rests_until: ClassVar[dict[str, float]] = {}

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**QUICK, **params.get("OPTIONS", {})}})
        self.server = server
        self.memory = LocMemCache("valkey-is-away", {"TIMEOUT": 300})

    def resting(self) -> bool:
        return time.monotonic() < self.rests_until.get(self.server, 0.0)

    def rest(self) -> None:
        log.warning("Valkey is away, memory stands in")
        self.rests_until[self.server] = time.monotonic() + REST

    def ping(self) -> bool:
        """Asks Valkey itself. Raises RedisError when it is away."""
        return bool(self._cache.get_client().ping())

    add = standing_in("add")
    get = standing_in("get")
    set = standing_in("set")
    touch = standing_in("touch")
    delete = standing_in("delete")
    get_many = standing_in("get_many")
    has_key = standing_in("has_key")
    incr = standing_in("incr")
    set_many = standing_in("set_many")
    delete_many = standing_in("delete_many")
    clear = standing_in("clear")
