"""The commands of `python -m bot`. Each module has `HELP`, `add_arguments` and `run`."""

from __future__ import annotations

COMMANDS: dict[str, str] = {
    "run": "bot.commands.run",
    "demo": "bot.commands.demo",
    "check": "bot.commands.check",
    "migrate": "bot.commands.migrate",
    "staff": "bot.commands.staff",
    "audit": "bot.commands.audit",
    "import": "bot.commands.import_",
    "profile": "bot.commands.profile",
    "qr": "bot.commands.qr",
}
