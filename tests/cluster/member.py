"""One process of a house: it can be killed, paused, ended in good order, of another version, or with a wrong clock."""

import re
import signal
from pathlib import Path

from tests.stories.wires import Process, until
from tests.waiting import comes

READY = re.compile(r"Your web chat is ready: http://127\.0\.0\.1:(\d+)")


class Member(Process):
    """One of them."""

    is_old = False
    _read_from = 0

    async def start(self) -> None:
        self._read_from = self.log.stat().st_size if self.log.exists() else 0
        await super().start()

    @property
    def runs(self) -> bool:
        """Whether there is a process."""
        return self._process is not None and self._process.returncode is None

    async def begun(self) -> None:
        """Start it where it does not run."""
        if not self.runs:
            await self.start()

    def pause(self) -> None:
        """Let it stand still, with all that it holds."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on as if nothing had been."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    async def leaves(self) -> None:
        """End in good order."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        await comes(self._process.wait())

    async def refused(self) -> str:
        """Start one that must not run here; return what it says as it ends."""
        await self.start()
        assert self._process is not None
        assert await comes(self._process.wait()) != 0
        return self.log.read_text()

    def becomes(self, **settings: str) -> None:
        """Change its settings from the next start on."""
        self._settings = {**self._settings, **settings}

    def is_of(self, tree: Path | None) -> None:
        """Let it be of the version in this folder from the next start on; None is the one under test."""
        self.is_old = tree is not None
        others = {name: value for name, value in self._settings.items() if name != "PYTHONPATH"}
        self._settings = others | ({} if tree is None else {"PYTHONPATH": f"{tree}:{tree / 'adapters'}"})

    def is_off_by(self, seconds: int) -> None:
        """Let the clock of its machine be wrong, and only that: how long things take stays true."""
        self.program = ("-P", str(Path(__file__).with_name("off_clock.py")))
        self.becomes(OFF=str(seconds))

    def port(self) -> int | None:
        """Return where its page is; None where it has none, or does not run."""
        if not self.runs:
            return None
        with self.log.open("rb") as log:
            log.seek(self._read_from)
            found = READY.findall(log.read().decode(errors="replace"))
        return int(found[-1]) if found else None

    async def serves(self) -> None:
        """Wait until its page is there."""
        await until(lambda: self.port() is not None, self.log)
