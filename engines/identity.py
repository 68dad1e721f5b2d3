"""As whom an engine runs: never as root, which PostgreSQL refuses."""

import os
import pwd
import shutil
import subprocess
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


def choose_identity(program: Path, folder: Path) -> Identity:
    """Whom to run `program` as, so that it can work in `folder`.

    An ordinary user runs it as themselves. Root runs it as `nobody`, or where nobody may not
    reach the program or the folder (a closed home), in a user namespace in which root is
    called 1000. Raises `EngineError` if neither works.
    """
    if os.geteuid() != 0:
        return Identity()
    for identity in _candidates():
        identity.own(folder)
        if _can_run(identity, program, folder):
            return identity
    raise EngineError(
        f"{program.name} does not run as root, and neither the user nobody nor a user "
        f"namespace can reach {program} and {folder}. Run this as an ordinary user."
    )


def _candidates() -> list[Identity]:
    found = []
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        pass
    else:
        found.append(
            Identity(
                options={"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []},
                owner=(nobody.pw_uid, nobody.pw_gid),
            )
        )
    if unshare := shutil.which("unshare"):
        found.append(
            Identity(
                prefix=(unshare, "--user", "--map-user=1000", "--map-group=1000"), owner=(0, 0)
            )
        )
    return found


def _can_run(identity: Identity, program: Path, folder: Path) -> bool:
    # `test -w .` and not only `--version`: to enter a folder is not to be able to write there.
    for command in ([str(program), "--version"], ["test", "-w", "."]):
        try:
            done = subprocess.run(
                [*identity.prefix, *command],
                cwd=folder,
                capture_output=True,
                timeout=30,
                **identity.options,
            )
        except (OSError, subprocess.SubprocessError):
            return False
        if done.returncode != 0:
            return False
    return True
