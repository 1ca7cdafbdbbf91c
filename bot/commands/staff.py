"""`staff`: accounts from the shell, for a first administrator and for a lost phone."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
from getpass import getpass
from typing import TYPE_CHECKING

from bot.settings import Settings
from store.domain.actor import Actor, ActorKind, Channel
from store.domain.errors import ForelandError, Refusal
from store.domain.reference import Restriction
from store.domain.staff import Role, check_password

if TYPE_CHECKING:
    from store.domain.sign_in import Account
    from store.engine import Store

SHELL = Actor(ActorKind.SYSTEM, "shell", Channel.CLI)
ISSUER = "Foreland"
GENERATED_BYTES = 15
NO_TERMINAL = "There is no terminal to ask for a password. Give --generate, or --password-stdin."
_KINDS = [kind.value for kind in Restriction]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    add = _verb(verbs, "add", "add an account; prints what the authenticator app and the chat need")
    add.add_argument("--name", required=True, help="the person's name")
    add.add_argument("--role", required=True, choices=[role.value for role in Role])
    _add_password(add)
    _add_bot(add)
    _add_password(_verb(verbs, "password", "set a new password; ends every session"))
    _verb(verbs, "second-factor", "give a new secret for the authenticator app; ends every session")
    _add_bot(_verb(verbs, "link", "print a code that links a chat, good once for 24 hours"))
    _verb(verbs, "disable", "close an account at once")
    for verb, what in (("grant", "let somebody open"), ("revoke", "no longer let somebody open")):
        held = _verb(verbs, verb, f"{what} one kind of restricted record")
        held.add_argument("kind", choices=_KINDS)
    verbs.add_parser("list", help="list the accounts")


async def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do what the verb says; a refusal is one line and exit status 1."""
    from handlers.web.wording import sentence
    from store.engine import migrate, open_store

    await migrate(settings.database_url)
    try:
        async with open_store(settings.database_url) as store:
            await _VERBS[arguments.verb](store, arguments)
    except Refusal as refusal:
        raise ForelandError(sentence(refusal)) from refusal
    return 0


async def _add(store: Store, arguments: argparse.Namespace) -> None:
    from store.actions import staff

    hashed = await _hashed(arguments)
    role = Role(arguments.role)
    await store.write(staff.add, SHELL, arguments.username, arguments.name, role, hashed)
    print(f"Added {arguments.username}, {role.value}.")
    _print_secret(await _account(store, arguments))
    await _link(store, arguments)


async def _password(store: Store, arguments: argparse.Namespace) -> None:
    from store.actions import staff

    account = await _account(store, arguments)
    await store.write(staff.set_password, SHELL, account.staff.id, await _hashed(arguments))
    print("The password is changed; every session has ended.")


async def _second_factor(store: Store, arguments: argparse.Namespace) -> None:
    from store.actions import staff

    account = await _account(store, arguments)
    await store.write(staff.renew_second_factor, SHELL, account.staff.id)
    _print_secret(await _account(store, arguments))


async def _link(store: Store, arguments: argparse.Namespace) -> None:
    from store.actions import staff

    account = await _account(store, arguments)
    code = await store.write(staff.start_link, account.staff.id, SHELL)
    print("To link a chat within 24 hours, send this to the bot from that chat:")
    print(f"  /start staff_{code}")
    if arguments.bot:
        print(f"or open https://t.me/{arguments.bot.removeprefix('@')}?start=staff_{code}")


async def _disable(store: Store, arguments: argparse.Namespace) -> None:
    from store.actions import staff

    account = await _account(store, arguments)
    await store.write(staff.disable, SHELL, account.staff.id)
    print(f"{account.username} is disabled.")


async def _grant(store: Store, arguments: argparse.Namespace) -> None:
    from store.actions import staff

    account = await _account(store, arguments)
    change = staff.grant if arguments.verb == "grant" else staff.revoke
    await store.write(change, SHELL, account.staff.id, Restriction(arguments.kind))
    held = sorted((await _account(store, arguments)).staff.grants)
    print(f"{account.username} may open: {', '.join(held) or 'no restricted records'}.")


async def _list(store: Store, _arguments: argparse.Namespace) -> None:
    from store.queries import staff

    for line in await store.read(staff.listing):
        marks = [
            line.staff.role.value,
            "disabled" if line.staff.disabled else "active",
            "chat linked" if line.staff.chat_id else "no chat",
            "second factor used" if line.totp_confirmed else "second factor not used yet",
            *sorted(line.staff.grants),
        ]
        print(f"{line.username}\t{line.staff.name}\t{', '.join(marks)}")


_VERBS = {
    "add": _add,
    "password": _password,
    "second-factor": _second_factor,
    "link": _link,
    "disable": _disable,
    "grant": _grant,
    "revoke": _grant,
    "list": _list,
}


async def _account(store: Store, arguments: argparse.Namespace) -> Account:
    from store.queries import staff

    return await store.read(staff.by_username, arguments.username)


async def _hashed(arguments: argparse.Namespace) -> str:
    """Ask for a password, or make one; return its hash."""
    from handlers.web.passwords import Passwords

    if arguments.generate:
        password = secrets.token_urlsafe(GENERATED_BYTES)
        print(f"Password: {password}")
    elif arguments.password_stdin:
        password = (await asyncio.to_thread(sys.stdin.readline)).rstrip("\r\n")
    elif sys.stdin.isatty():
        password = await asyncio.to_thread(getpass, "Password: ")
    else:
        raise ForelandError(NO_TERMINAL)
    check_password(password)
    passwords = Passwords()
    try:
        return await passwords.hash(password)
    finally:
        passwords.close()


def _print_secret(account: Account) -> None:
    """Print what the authenticator app is given; it is not shown again."""
    import pyotp

    secret = account.totp_secret or ""
    uri = pyotp.TOTP(secret).provisioning_uri(name=account.username, issuer_name=ISSUER)
    print(f"Authenticator secret: {secret}")
    print(f"  {uri}")


def _verb(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    what: str,
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=what, description=what)
    parser.add_argument("username")
    return parser


def _add_password(parser: argparse.ArgumentParser) -> None:
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--password-stdin", action="store_true", help="read it from the first line of input")
    way.add_argument("--generate", action="store_true", help="make one and print it")


def _add_bot(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bot", help="the bot's username, for a link to open instead of a code to send")
