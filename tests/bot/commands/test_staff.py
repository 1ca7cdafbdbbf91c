from __future__ import annotations

import argparse
import io

import pytest
from argon2 import PasswordHasher

from bot.commands import staff
from bot.settings import Settings
from store.actions.staff import link
from store.domain.errors import ForelandError
from store.domain.reference import Restriction
from store.engine import open_store
from store.queries.staff import by_username

WORDS = "three random words"


async def told(settings: Settings, *arguments: str) -> None:
    parser = argparse.ArgumentParser()
    staff.add_arguments(parser)
    assert await staff.run(parser.parse_args(arguments), settings) == 0


@pytest.fixture
def settings(migrated_database_url: str) -> Settings:
    return Settings(database_url=migrated_database_url)


async def test_an_account_added_from_the_shell_can_link_its_chat(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{WORDS}\n"))
    given = ("--name", "Cleo Bell", "--role", "officer", "--bot", "@safety_bot", "--password-stdin")
    await told(settings, "add", "cleo", *given)
    printed = capsys.readouterr().out
    assert WORDS not in printed
    code = printed.split("/start staff_", 1)[1].split()[0]
    assert f"https://t.me/safety_bot?start=staff_{code}" in printed
    async with open_store(settings.database_url) as store:
        assert (await store.write(link, code, 7)).name == "Cleo Bell"
        account = await store.read(by_username, "cleo")
    assert f"Authenticator secret: {account.totp_secret}" in printed
    assert "otpauth://totp/Foreland:cleo?secret=" in printed
    assert PasswordHasher().verify(account.password_hash or "", WORDS)


async def test_grants_passwords_and_secrets_change_from_the_shell(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await told(settings, "add", "cleo", "--name", "Cleo", "--role", "officer", "--generate")
    async with open_store(settings.database_url) as store:
        before = await store.read(by_username, "cleo")
        await told(settings, "grant", "cleo", "hate")
        await told(settings, "grant", "cleo", "safeguarding")
        await told(settings, "revoke", "cleo", "hate")
        await told(settings, "password", "cleo", "--generate")
        await told(settings, "second-factor", "cleo")
        after = await store.read(by_username, "cleo")
        await told(settings, "disable", "cleo")
    assert after.staff.grants == {Restriction.SAFEGUARDING}
    assert before.password_hash != after.password_hash
    assert before.totp_secret != after.totp_secret
    capsys.readouterr()
    await told(settings, "list")
    line = "cleo\tCleo\tofficer, disabled, no chat, second factor not used yet, safeguarding\n"
    assert capsys.readouterr().out == line


async def test_a_refusal_is_one_plain_sentence(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ForelandError, match=r"There is no such account\."):
        await told(settings, "disable", "nobody")
    new = ("add", "cleo", "--name", "Cleo", "--role", "officer")
    with pytest.raises(ForelandError, match=r"no terminal to ask .* --generate"):
        await told(settings, *new)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("bot.commands.staff.getpass", lambda _prompt: "short")
    with pytest.raises(ForelandError, match="at least 12 characters"):
        await told(settings, *new)
