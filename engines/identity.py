"""As whom an engine runs: never as root, which PostgreSQL refuses."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engines.errors import EngineError


@dataclass(frozen=True)
class Identity:
    """`prefix` comes before a command, `options` are for `subprocess`; `owner` is the
    (user, group) that its files must belong to, None for whoever we are."""

    prefix: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)
    owner: tuple[int, int] | None = None

    def own(self, folder: Path) -> None:
        """Give the folder, with all that is in it, to the engine."""
        if self.owner is not None:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, *self.owner, follow_symlinks=False)

    def run(self, command: list[str], folder: Path) -> None:
        """Run a command to its end. Raises `EngineError` with what it said if it fails."""
        done = subprocess.run(
            [*self.prefix, *command], cwd=folder, capture_output=True, text=True, **self.options
        )
        if done.returncode != 0:
            raise EngineError(f"{Path(command[0]).name} failed: {done.stderr.strip()}")


def choose_identity(program: Path, folder: Path) -> Identity:
    """Whom to run `program` as, so that it can work in `folder`.

    An ordinary user runs it as themselves. Root runs it as `nobody`, or where nobody may not
    reach the program or the folder (a closed home), in a user namespace in which root is
    called `nobody`; so does a user without a name (a container's), whom PostgreSQL refuses
    too. Raises `EngineError` if root can do neither.
    """
    if os.geteuid() != 0:
        named = _find_user(os.geteuid()) is not None
        candidates = [Identity()] if named else [*_in_namespace(), Identity()]
    else:
        candidates = [*_as_nobody(), *_in_namespace()]
    for identity in candidates:
        identity.own(folder)
        if _can_run(identity, program, folder):
            return identity
    raise EngineError(
        f"{program.name} cannot be run: neither the user nobody nor a user namespace can use "
        f"{program} in {folder}. Run this as an ordinary user."
    )


def _as_nobody() -> Iterator[Identity]:
    if nobody := _find_user("nobody"):
        yield Identity(
            options={"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []},
            owner=(nobody.pw_uid, nobody.pw_gid),
        )


def _in_namespace() -> Iterator[Identity]:
    if unshare := shutil.which("unshare"):
        nobody = _find_user("nobody")
        uid = nobody.pw_uid if nobody else 1000
        yield Identity(
            prefix=(unshare, "--user", f"--map-user={uid}", f"--map-group={uid}"),
            owner=(os.geteuid(), os.getegid()),
        )


def _find_user(who: str | int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(who) if isinstance(who, str) else pwd.getpwuid(who)
    except KeyError:
        return None


def _can_run(identity: Identity, program: Path, folder: Path) -> bool:
    # By its whole path: to be put into a folder is not to be able to find the way there.
    try:
        identity.run([str(program), "--version"], folder)
        identity.run(["test", "-w", str(folder)], folder)
    except (OSError, subprocess.SubprocessError, EngineError):
        return False
    return True
