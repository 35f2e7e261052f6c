"""Settings: read once from the environment and `.env`, checked before anything starts.

A setting that is unknown, missing or malformed stops the start with one line that names it.
"""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from flows.discretion import banned_words

PUBLIC_API = "https://api.telegram.org"
ENV_FILE = ".env"
# An environment is full of other programs' variables; one that starts like ours and is not ours is a typo.
OUR_PREFIXES = ("BOT_", "TELEGRAM_", "WEBHOOK_", "DESK_", "SUPERVISOR_", "IDLE_", "STEZHKA_")

# The shape of each secret; an error says what is wanted, never what was given.
SECRETS = {
    "bot_token": (r"\d+:[A-Za-z0-9_-]{3,}", "is not a token as @BotFather gives it (digits, a colon, letters)"),
    "secret_key": (r"(?s).{32,}", "must have 32 or more characters"),
    "webhook_secret": (r"[A-Za-z0-9_-]{16,256}", "must have 16 or more letters, digits, _ or -"),
}


class SettingError(Exception):
    """A setting cannot be used; the message names it and says what to do."""


class Settings(BaseSettings):
    """Every setting; `.env.example` explains each to the person who deploys."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    bot_token: SecretStr | None = None
    telegram_api_base: str = Field(PUBLIC_API, pattern=r"^https?://[^/\s]+$")
    database_url: str = "sqlite+aiosqlite:///var/stezhka.db"
    secret_key: SecretStr | None = None
    keys_dir: Path = Path("var/keys")

    webhook_url: str | None = Field(None, pattern=r"^https?://\S+$")
    webhook_port: int = Field(8443, ge=1, le=65535)
    webhook_secret: SecretStr | None = None

    desk_chat_id: int | None = Field(None, lt=0)
    supervisor_ids: Annotated[tuple[int, ...], NoDecode] = ()

    bot_name: str = Field("", max_length=64)
    bot_cover: str = Field("walking", max_length=400)
    run_by: str = Field("", max_length=200)
    idle_fade_minutes: int = Field(30, ge=1, le=24 * 60)
    telegram_rate: float = Field(30, ge=0, le=1000)
    health_port: int = Field(8081, ge=0, le=65535)
    sandbox_port: int = Field(8080, ge=0, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("telegram_api_base", mode="before")
    @classmethod
    def _no_trailing_slash(cls, value: object) -> object:
        return value.rstrip("/") if isinstance(value, str) else value

    @field_validator("supervisor_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("bot_token", "secret_key", "webhook_secret")
    @classmethod
    def _well_formed(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        pattern, words = SECRETS[info.field_name or ""]
        if value is not None and not re.fullmatch(pattern, value.get_secret_value()):
            raise ValueError(words)
        return value

    @field_validator("bot_name")
    @classmethod
    def _neutral(cls, value: str) -> str:
        if found := banned_words(value):
            raise ValueError(f"stands in everybody's chat list and gives itself away ('{found[0]}')")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_driver(cls, value: str) -> str:
        try:
            driver = make_url(value).drivername
        except ArgumentError:
            raise ValueError("is not a database address") from None
        if driver not in ("sqlite+aiosqlite", "postgresql+asyncpg"):
            raise ValueError("must begin with sqlite+aiosqlite:// or postgresql+asyncpg://")
        return value

    @model_validator(mode="after")
    def _belong_together(self) -> Settings:
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_SECRET: is required with WEBHOOK_URL (16 or more letters, digits, _ or -)")
        if self.secret_key is None and not self.embedded:
            raise ValueError(
                "SECRET_KEY: is required with PostgreSQL (32 or more characters, the same on every machine)"
            )
        return self

    @property
    def embedded(self) -> bool:
        """Whether the database is the embedded SQLite."""
        return self.database_url.startswith("sqlite")

    @property
    def database_file(self) -> Path | None:
        """The SQLite file, None for PostgreSQL."""
        name = make_url(self.database_url).database
        return Path(name) if self.embedded and name else None

    @property
    def public(self) -> bool:
        """Whether real people may reach the bot: the launch check then applies."""
        return self.telegram_api_base == PUBLIC_API

    @property
    def idle(self) -> timedelta:
        """How long a visit lives without activity."""
        return timedelta(minutes=self.idle_fade_minutes)


def load(env_file: str | Path = ENV_FILE) -> Settings:
    """The settings of this start. Raises SettingError with one line for the person who deploys."""
    known = {name.upper() for name in Settings.model_fields}
    for name in dotenv_values(env_file) if Path(env_file).is_file() else ():
        if name.upper() not in known:
            raise SettingError(f"{name}: unknown setting in {env_file} (see .env.example)")
    for name in os.environ:
        if name.upper().startswith(OUR_PREFIXES) and name.upper() not in known:
            raise SettingError(f"{name}: unknown setting in the environment (see .env.example)")
    try:
        return Settings(_env_file=env_file)  # type: ignore[call-arg]  # pydantic-settings' own argument
    except ValidationError as fault:
        raise SettingError(_one_line(fault)) from None


def _one_line(fault: ValidationError) -> str:
    """The first complaint, with the name of the setting and never its value."""
    error = fault.errors(include_url=False, include_input=False, include_context=False)[0]
    words = error["msg"].removeprefix("Value error, ")
    return f"{str(error['loc'][0]).upper()}: {words}" if error["loc"] else words
