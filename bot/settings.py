"""Settings: from the environment, or from `.env` beside it. The environment wins."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from store.domain.errors import ForelandError

SECRET_MIN_CHARACTERS = 32
SEND_RATE_MAX = 1_000
DEFAULT_API_URL = "https://api.telegram.org"


class SettingsError(ForelandError):
    """A setting is missing or wrong; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, its default (empty: none), and what it means."""

    name: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting("TELEGRAM_BOT_TOKEN", "", "token of the bot, from @BotFather; `run` needs it"),
    Setting("TELEGRAM_API_URL", DEFAULT_API_URL, "another Bot API server"),
    Setting("DATABASE_URL", "sqlite:///data/foreland.db", "where everything is kept"),
    Setting("MEDIA_URL", "", "where files are kept; a folder beside the database by default"),
    Setting("PUBLIC_URL", "", "address at which people reach the web pages"),
    Setting("WEB_HOST", "127.0.0.1", "address that the web server listens on"),
    Setting("WEB_PORT", "8080", "port that the web server listens on"),
    Setting("UPDATES", "polling", "how messages come in: polling or webhook"),
    Setting("WEBHOOK_SECRET", "", "shared with Telegram to recognise its calls"),
    Setting("STAFF_CHAT_ID", "0", "id of the staff group that gets a card for each report"),
    Setting("SECRET_KEY", "", "secret behind sign-in links and tokens, 32 characters or more"),
    Setting("PROFILE", "thanet", "reference data: thanet, or a folder"),
    Setting("SEND_RATE", "30", "messages per second of the whole bot"),
    Setting("MAP_TILE_URL", "", "where the map gets tiles from, with {z}, {x} and {y}; none by default"),
    Setting("MAP_ATTRIBUTION", "", "words under the map that its tiles ask for"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process; see `SETTINGS` for what each means."""

    telegram_bot_token: str = field(default="", repr=False)
    telegram_api_url: str = DEFAULT_API_URL
    database_url: str = field(default="sqlite:///data/foreland.db", repr=False)
    media_url: str = ""
    public_url: str = ""
    web_host: str = "127.0.0.1"
    web_port: int = 8080
    updates: str = "polling"
    webhook_secret: str = field(default="", repr=False)
    staff_chat_id: int = 0
    secret_key: str = field(default="", repr=False)
    profile: str = "thanet"
    send_rate: int = 30
    map_tile_url: str = ""
    map_attribution: str = ""

    @property
    def web_url(self) -> str:
        """The address of the web pages as people type it."""
        return (self.public_url or f"http://{self.web_host}:{self.web_port}").rstrip("/")


def load(environment: Mapping[str, str] | None = None, env_file: Path | None = None) -> Settings:
    """Return the settings; `SettingsError` for a value that cannot be used."""
    from dotenv import dotenv_values

    filed = dotenv_values(env_file or Path(".env"), interpolate=False)
    environment = os.environ if environment is None else environment
    values = {
        setting.name: environment.get(setting.name) or filed.get(setting.name) or setting.default
        for setting in SETTINGS
    }
    return _checked(values)


def _checked(values: Mapping[str, str]) -> Settings:
    if values["UPDATES"] not in {"polling", "webhook"}:
        raise SettingsError("UPDATES must be polling or webhook")
    rate = _whole("SEND_RATE", values["SEND_RATE"])
    if not 0 < rate <= SEND_RATE_MAX:
        raise SettingsError(f"SEND_RATE must be from 1 to {SEND_RATE_MAX}")
    _check_tiles(values["MAP_TILE_URL"])
    numbers = {name: _whole(name, values[name]) for name in ("WEB_PORT", "STAFF_CHAT_ID")}
    return Settings(
        **{name.lower(): value for name, value in {**values, **numbers, "SEND_RATE": rate}.items()}  # type: ignore[arg-type]
    )


def _check_tiles(url: str) -> None:
    if url and not (
        url.startswith(("https://", "http://")) and all(part in url for part in ("{z}", "{x}", "{y}"))
    ):
        raise SettingsError("MAP_TILE_URL must be an address with {z}, {x} and {y} in it")
    if any(sign in url for sign in " ;,'\""):
        raise SettingsError("MAP_TILE_URL must not hold blanks, quotes, commas or semicolons")


def prepare_environment() -> None:
    """Ask PTB for retry times as timedelta: the other way is deprecated and warns at every use."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")


def check_for_run(settings: Settings) -> None:
    """Refuse to run without what `run` needs."""
    if not settings.telegram_bot_token:
        raise SettingsError(
            "TELEGRAM_BOT_TOKEN is not set: put it into .env, or start the demonstration with "
            "`python -m bot demo`"
        )
    if len(settings.secret_key) < SECRET_MIN_CHARACTERS:
        raise SettingsError(f"SECRET_KEY needs at least {SECRET_MIN_CHARACTERS} characters")
    if settings.updates == "webhook" and not (settings.public_url and settings.webhook_secret):
        raise SettingsError("UPDATES=webhook needs PUBLIC_URL and WEBHOOK_SECRET")


def _whole(name: str, value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise SettingsError(f"{name} must be a whole number, not {value!r}") from None
