"""`stezhka sandbox`: the real bot behind a local Telegram, on one page."""

from __future__ import annotations

from pydantic import SecretStr

from bot.cli.run import in_loop, until_signal
from bot.config import Settings, load
from bot.logs import configure

DESK = -1_002_000_000_001  # the group of the sandbox's desk: whoever joins first there is its supervisor
TOKEN = "1:sandbox"  # noqa: S105 (opens nothing but the local Telegram)


def run() -> None:
    """Serves until a signal ends it."""
    settings = load()
    configure(settings.log_level)
    in_loop(_serve(settings))


async def _serve(settings: Settings) -> None:
    import typer  # noqa: PLC0415

    from bot.app import NotReady, build, held_about  # noqa: PLC0415
    from bot.cli.faults import CannotBeDone  # noqa: PLC0415
    from bot.sandbox.server import Sandbox  # noqa: PLC0415

    stop = until_signal()
    sandbox = Sandbox(token=TOKEN)
    try:
        await sandbox.start(port=settings.sandbox_port)
    except OSError:
        raise CannotBeDone(f"SANDBOX_PORT: port {settings.sandbox_port} is taken by another program") from None
    sandbox.person(name="Олена", persona="survivor")
    sandbox.person(name="Марія", persona="relative")
    supervisor = sandbox.person(name="Оксана", persona="operator")
    local = settings.model_copy(
        update={
            "bot_token": SecretStr(TOKEN),
            "telegram_api_base": sandbox.url,
            "webhook_url": None,
            "desk_chat_id": settings.desk_chat_id or DESK,
            "supervisor_ids": (*settings.supervisor_ids, supervisor.chat_id),
        }
    )
    try:
        async with build(local, sandbox=sandbox.url) as app:
            sandbox.inspect = lambda chat_id: held_about(app, chat_id)
            sandbox.group("Прогулянки", chat_id=local.desk_chat_id, members=[supervisor], admin=True)
            typer.echo(f"Stezhka: open {sandbox.url} in a browser. Ctrl+C ends it.")
            await app.run(stop)
    except NotReady as fault:
        raise CannotBeDone(str(fault)) from None
    finally:
        await sandbox.stop()
