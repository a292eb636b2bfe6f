"""A load generator that costs little: raw sockets with keep-alive, one request at a time on each, in one thread.

Run as a process, it reads a pickled `Load` from its standard input and writes a pickled `Outcome`. It takes a tenth of
what Python's HTTP clients take, so that the figures are the server's and not its own.
"""

import pickle
import selectors
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

END = b"\r\n\r\n"
LENGTH = b"content-length: "


@dataclass
class Load:
    """Requests as bytes, to be sent in turn over so many connections; `rate` a second, or as fast as answered."""

    port: int
    requests: list[bytes]
    connections: int = 1
    rate: float = 0.0


@dataclass
class Outcome:
    """How long each answer took in milliseconds from when it was due, how long all took, and the client's own CPU."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds


def apply(load: Load) -> Outcome:
    """Send the load from a process of its own."""
    command = [sys.executable, "-c", "import load; load.main()"]  # so that its classes have the name of this module
    here = Path(__file__).parent
    done = subprocess.run(command, input=pickle.dumps(load), capture_output=True, check=False, cwd=here)
    if done.returncode:
        raise AssertionError(done.stderr.decode())
    outcome: Outcome = pickle.loads(done.stdout)
    return outcome


def send_all(load: Load) -> Outcome:
    """Send every request and wait for its answer; raises `AssertionError` when one is not 200."""
    idle = [_connect(load.port) for _ in range(load.connections)]
    selector = selectors.DefaultSelector()
    for connection in idle:
        selector.register(connection, selectors.EVENT_READ)
    due: dict[socket.socket, float] = {}
    outcome, waiting = Outcome(), iter(load.requests)
    begun, cpu, sent = time.perf_counter(), time.process_time(), 0
    total = len(load.requests)
    while len(outcome.times) < total:
        now = time.perf_counter()
        ready = total if not load.rate else int((now - begun) * load.rate) + 1
        for request in islice(waiting, max(0, min(len(idle), ready - sent))):
            connection = idle.pop(0)  # each in turn: the server closes one that rests for seconds
            due[connection] = begun + sent / load.rate if load.rate else time.perf_counter()
            connection.sendall(request)
            sent += 1
        pause = None if not load.rate or sent == total else max(0.0, begun + sent / load.rate - time.perf_counter())
        for key, _ in selector.select(pause if idle else None):
            connection = key.fileobj  # type: ignore[assignment]
            _receive(connection)
            outcome.times.append((time.perf_counter() - due[connection]) * 1000)
            idle.append(connection)
    outcome.seconds, outcome.cpu = time.perf_counter() - begun, time.process_time() - cpu
    for connection in idle:
        connection.close()
    return outcome


def _connect(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _receive(connection: socket.socket) -> bytes:
    answer = connection.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 200"), answer[:300]
    while (head := answer.find(END)) < 0:
        answer += connection.recv(65_536)
    start = answer.lower().index(LENGTH) + len(LENGTH)
    length = int(answer[start : answer.index(b"\r\n", start)])
    while len(answer) < head + len(END) + length:
        answer += connection.recv(65_536)
    return answer


def cpu_of(pid: int) -> float:
    """The CPU seconds that a process has used; 0 where the system does not tell."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    ticks = stat.read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, ticks)) / 100


def resident(pid: int) -> float:
    """The megabytes that a process holds in memory; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def main() -> None:
    """The process of `apply`."""
    sys.stdout.buffer.write(pickle.dumps(send_all(pickle.load(sys.stdin.buffer))))
