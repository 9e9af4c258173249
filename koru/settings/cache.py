"""The cache: Valkey, and this process's own memory while Valkey is away."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def standing_in(name: str) -> Callable[..., Any]:
    """The method of that name, answered from memory when Valkey can't be reached."""

    def method(self: "ValkeyOrMemory", *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(ValkeyOrMemory, self), name)(*args, **kwargs)
        except RedisError:
            log.warning("Valkey is away, memory stands in")
            return getattr(self.memory, name)(*args, **kwargs)

    return method


class ValkeyOrMemory(RedisCache):
    """Limits hold per process instead of per clinic while Valkey is away; nobody gets an error page for it."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.memory = LocMemCache("valkey-is-away", {"TIMEOUT": 300})

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
