"""Settings are read once; a bad one stops the start with one line that names it and never shows its value."""

from pathlib import Path

import pytest

from bot.config import SettingError, Settings, load

GOOD = {"BOT_TOKEN": "1:abcdef", "SECRET_KEY": "x" * 32}


def test_without_settings_the_defaults_are_the_contract() -> None:
    """An empty environment means the sandbox, SQLite in var/, long polling, 30 minutes, 30 calls a second."""
    settings = load()
    assert settings.bot_token is None
    assert settings.database_url == "sqlite+aiosqlite:///var/stezhka.db"
    assert settings.database_file == Path("var/stezhka.db")
    assert (settings.idle_fade_minutes, settings.telegram_rate, settings.public) == (30, 30, True)


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`.env` is read; what the environment says counts more; an empty value is no value."""
    (tmp_path / ".env").write_text("IDLE_FADE_MINUTES=10\nLOG_LEVEL=WARNING\nWEBHOOK_URL=\nSUPERVISOR_IDS=5, 6\n")
    monkeypatch.setenv("IDLE_FADE_MINUTES", "20")
    settings = load(tmp_path / ".env")
    assert settings.idle_fade_minutes == 20
    assert settings.log_level == "WARNING"
    assert settings.supervisor_ids == (5, 6)
    assert settings.webhook_url is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "no token at all"),
        ("TELEGRAM_API_BASE", "ftp://example.org"),
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_URL", "nonsense"),
        ("SECRET_KEY", "short"),
        ("WEBHOOK_URL", "example.org/hook"),
        ("WEBHOOK_PORT", "70000"),
        ("WEBHOOK_SECRET", "with spaces and so on"),
        ("DESK_CHAT_ID", "12"),
        ("SUPERVISOR_IDS", "5,anna"),
        ("IDLE_FADE_MINUTES", "0"),
        ("TELEGRAM_RATE", "-1"),
        ("HEALTH_PORT", "x"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_malformed_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """One line, with the setting's name and without its value."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError) as fault:
        load()
    assert str(fault.value).startswith(name)
    assert value not in str(fault.value) or len(value) < 6
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("name", ["WEBHOOK_PROT", "BOT_TOKN", "TELEGRAM_API", "IDLE_FADE"])
def test_a_setting_nobody_knows_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A typo in the environment is found out, not ignored."""
    monkeypatch.setenv(name, "1")
    with pytest.raises(SettingError, match=f"^{name}: unknown setting"):
        load()


def test_a_setting_nobody_knows_in_the_file_is_named(tmp_path: Path) -> None:
    """A typo in `.env` is found out too."""
    (tmp_path / ".env").write_text("LANGUAGE_OF_BOT=uk\n")
    with pytest.raises(SettingError, match=r"^LANGUAGE_OF_BOT: unknown setting"):
        load(tmp_path / ".env")


@pytest.mark.parametrize("name", ["Допомога постраждалим", "Women’s shelter", "Защита от насилия"])
def test_a_telling_name_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """It would stand in everybody's chat list (checklist 1)."""
    monkeypatch.setenv("BOT_NAME", name)
    with pytest.raises(SettingError, match=r"^BOT_NAME: .*chat list"):
        load()


def test_settings_that_belong_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """A webhook needs its secret; PostgreSQL needs SECRET_KEY."""
    monkeypatch.setenv("WEBHOOK_URL", "https://example.org/hook")
    with pytest.raises(SettingError, match="WEBHOOK_SECRET"):
        load()
    monkeypatch.delenv("WEBHOOK_URL")
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://example@localhost/stezhka")
    with pytest.raises(SettingError, match="SECRET_KEY"):
        load()


def test_secrets_do_not_show_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Printed or logged by accident, a secret is stars."""
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    shown = repr(load()) + str(load())
    assert not any(value in shown for value in GOOD.values())


def test_every_setting_is_explained_for_the_person_who_deploys() -> None:
    """`.env.example` names every setting, and nothing else."""
    example = Path(__file__).parents[2] / ".env.example"
    lines = example.read_text().splitlines()
    named = {line.lstrip("# ").partition("=")[0] for line in lines if "=" in line and line.lstrip("# ")[:1].isupper()}
    assert named == {name.upper() for name in Settings.model_fields}
