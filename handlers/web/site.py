"""What every page can reach: the store, the settings of the web, the templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web
from jinja2 import Environment
from obstore.store import ObjectStore

from handlers.web.attempts import Attempts
from handlers.web.passwords import Passwords
from handlers.web.static_files import StaticFiles
from store.domain.place_index import PlaceIndex
from store.domain.reference import Profile
from store.engine import Store


@dataclass(frozen=True, slots=True)
class WebConfig:
    """Settings of the web. `public_url` is the address residents and staff type.

    `map_tile_url` (with `{z}`, `{x}` and `{y}`) lies behind the map when it is set; `bot_username` is
    the bot's name in the messenger, empty where it is not known; `send_rate` is how many messages a
    second the bot may send.
    """

    public_url: str
    secret_key: str = field(repr=False)
    map_tile_url: str = ""
    map_attribution: str = ""
    bot_username: str = ""
    send_rate: int = 30

    @property
    def tile_origin(self) -> str:
        """Scheme and host that map tiles come from; empty without any."""
        parts = urlsplit(self.map_tile_url)
        return f"{parts.scheme}://{parts.netloc}" if self.map_tile_url else ""

    @property
    def origin(self) -> str:
        """Scheme, host and port, as browsers send it in `Origin`."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}".lower()

    @property
    def secure(self) -> bool:
        """Whether people reach us over https."""
        return urlsplit(self.public_url).scheme == "https"


@dataclass(frozen=True, slots=True)
class Site:
    """The wiring of one application. `profile` returns the reference data of the moment.

    `places` returns the index of its places; `media` is where evidence files lie.
    """

    store: Store
    config: WebConfig
    profile: Callable[[], Profile]
    places: Callable[[], PlaceIndex]
    templates: Environment
    static: StaticFiles
    passwords: Passwords
    media: ObjectStore
    attempts: Attempts = field(default_factory=Attempts)


SITE = web.AppKey("site", Site)
