"""How soon a warm start serves the page, and what the idle bot weighs, against a bare aiohttp server in the same run.

`web`: `buddybot run` as it is. `all`: the same with the Discord and Telegram adapters imported and made as well (with
settings of no account; they do not connect). `first`: without a second opinion on messages. Seconds from the start of
the process to the first answered page; memory is VmRSS after some idle seconds, in 10^6 bytes; `cpu` is the processor
time spent until then, which other work on the machine disturbs less. Warm is what an installation is after its first
start: bytecode is kept, whatever the environment of this run says, and `click` is away, which only developers' tools
bring (httpx would load its own command line, and rich with it). Prints one line of JSON.
"""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

RUNS = 5
IDLE_SECONDS = 4.0
WANTED = {"web_s": 1.2, "all_s": 1.2, "rss_mb": 120.0}
"""All of it without a second opinion, which is a library and weights of its own."""

PROBE = """
import sys
from aiohttp import web
async def hello(request): return web.Response(text="hello")
app = web.Application()
app.router.add_get("/", hello)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
print("[]")
"""

BOT = """
import sys
from buddybot.unswept import unswept
sys.modules["click"] = None
with unswept():
    if "all" in sys.argv:
        import buddybot_discord, buddybot_telegram
        kept = [buddybot_discord.create({"token": "MTA.benchmark.only"})]
        kept.append(buddybot_telegram.create({"token": "1:benchmark"}))
from buddybot.__main__ import main
sys.argv[1:] = ["run"]
status = main()
print([name for name in ("psycopg", "scipy", "rustworkx") if name in sys.modules])
sys.exit(status)
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def start(code: str, folder: Path, port: int, *more: str) -> tuple[subprocess.Popen[str], float]:
    """Start a server; return it and the seconds until it answered."""
    environment = {**os.environ, "BUDDYBOT_ADAPTERS__WEB__PORT": str(port), "PYTHONPYCACHEPREFIX": str(folder.parent)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if "first" in more:
        environment["BUDDYBOT_SCREENING__SECOND_OPINION_MS"] = "0"
    begun = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - our own code in our own interpreter
        [sys.executable, "-c", code, str(port), *more],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                answer.read()
            return process, time.perf_counter() - begun
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
    raise RuntimeError("the server did not start")


def processor_seconds(process: subprocess.Popen[str]) -> float:
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(process: subprocess.Popen[str]) -> float:
    for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError("no VmRSS on this system")


def stop(process: subprocess.Popen[str]) -> tuple[str, float]:
    """Press Ctrl-C; return what it printed, and how long it took."""
    begun = time.perf_counter()
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=30)
    return printed.strip(), time.perf_counter() - begun


def measure(files: Path, code: str, *more: str) -> Mapping[str, float | str]:
    """Start it some times on the same files; the first start, which makes them, does not count."""
    seconds, cpu, stops, memory, loaded = [], [], [], 0.0, ""
    with tempfile.TemporaryDirectory(dir=files) as folder:
        for run in range(RUNS + 1):
            process, taken = start(code, Path(folder), free_port(), *more)
            spent = processor_seconds(process)
            if run == RUNS:
                time.sleep(IDLE_SECONDS)
                memory = resident(process)
            loaded, stopped = stop(process)
            if run:
                seconds.append(taken)
                cpu.append(spent)
                stops.append(stopped)
    return {
        "start_s": round(statistics.median(seconds), 3),
        "best_s": round(min(seconds), 3),
        "cpu_s": round(statistics.median(cpu), 2),
        "stop_s": round(max(stops), 3),
        "rss_mb": round(memory, 1),
        "unwanted_modules": loaded,
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder)
        found = {
            "probe": measure(files, PROBE),
            "web": measure(files, BOT),
            "all": measure(files, BOT, "all"),
            "web_first": measure(files, BOT, "first"),
            "all_first": measure(files, BOT, "all", "first"),
        }
    print(
        json.dumps(
            {
                "benchmark": "startup",
                **found,
                "wanted": WANTED,
                "met": {
                    "web": found["web_first"]["start_s"] <= WANTED["web_s"],  # type: ignore[operator]  # a figure, not a name
                    "all": found["all_first"]["start_s"] <= WANTED["all_s"],  # type: ignore[operator]  # likewise
                    "rss": found["all_first"]["rss_mb"] <= WANTED["rss_mb"],  # type: ignore[operator]  # likewise
                    "modules": found["all"]["unwanted_modules"] == "[]",
                },
                "load": os.getloadavg()[0],
            }
        )
    )


if __name__ == "__main__":
    main()
