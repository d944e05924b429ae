"""The recovery drill, timed: a house is kept, its disk is lost, and it runs elsewhere with all who were not erased.

`python -m benchmarks.recovery [--members 1000]` prints one line of JSON: seconds of processor time for the backup (with
its proof), the restore, and the first start there, the size of the backup in bytes, and how many came back. scrypt's
work is the real one. The probe is one derivation of a key by it, in the same run, so that two machines can be compared.
"""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from buddybot.domain.kernel.ids import MemberId
from buddybot.runtime.keeping.backup import make_backup
from buddybot.runtime.keeping.locks import COST, Passphrase
from buddybot.testing import MORNING, running
from tests.keeping.crowded import PHRASE, got_back, order, people_the_house, store_in


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=1000)
    options = parser.parse_args()
    begun = time.process_time()
    Scrypt(salt=bytes(16), length=64, n=1 << COST, r=8, p=1).derive(b"probe")
    probe = time.process_time() - begun
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(drill(Path(folder), options.members))
    json.dump({"benchmark": "recovery", "probe_s": round(probe, 3), **found}, sys.stdout)


async def drill(folder: Path, members: int) -> dict[str, float]:
    """Return the figures of one house that is lost and got back."""
    old, new, outside = folder / "old", folder / "new", folder / "outside"
    async with running(old) as bot:
        await people_the_house(bot, members)
        await bot.house.store.write(lambda tx: tx.vault.destroy(MemberId("member-000000")))
        begun = time.process_time()
        made = await make_backup(store_in(old), None, replace(order(outside), lock=Passphrase(PHRASE)), MORNING)
        kept = time.process_time()
    shutil.copy2(old / "keys" / "operator.key", outside / "operator.key")
    shutil.rmtree(old)
    lost = time.process_time()
    restored = await got_back(new, made, outside, outside / "operator.key")
    back = time.process_time()
    async with running(new):
        up = time.process_time()
    return {
        "members": restored.members,
        "erased": restored.erased,
        "bytes": made.path.stat().st_size,
        "backup_s": round(kept - begun, 3),
        "restore_s": round(back - lost, 3),
        "start_s": round(up - back, 3),
    }


if __name__ == "__main__":
    main()
