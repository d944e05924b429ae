"""Copy of an empty store: its schema is made once a process, and every new folder begins with the same files.

To make the tables takes four times as long as to open them, and there are thousands of tests.
"""

import tempfile
from datetime import datetime
from pathlib import Path

from buddybot.runtime.storage.sqlite import StorePaths, open_sqlite
from buddybot.store.kernel.private_files import make_private

DATABASE, KEYS = "bot.db", "keys"
_files: dict[Path, bytes] = {}


async def lay_out(folder: Path, now: datetime) -> None:
    """Put an empty database and the keys to it into a folder, unless it has either."""
    if (folder / DATABASE).exists() or (folder / KEYS).exists():
        return
    if not _files:
        with tempfile.TemporaryDirectory() as made:
            house = Path(made)
            store = await open_sqlite(StorePaths(house / DATABASE, house / KEYS, house / "backups"), now)
            await store.close()
            _take(house)
    for path, data in _files.items():
        make_private(folder / path)
        (folder / path).write_bytes(data)


def _take(folder: Path) -> None:
    _files.update({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
