"""The size budgets of tests/budgets.toml."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "budgets.toml"


@dataclass(frozen=True)
class Budget:
    """Bytes after `gzip -9`: the goal, and what is allowed until it is met."""

    goal: int
    now: int | None = None

    @property
    def limit(self) -> int:
        """What a build may not exceed today."""
        return self.goal if self.now is None else self.now


def budgets() -> dict[str, Budget]:
    """Each build's budget, by its name in `support.builds`."""
    return {name: Budget(**values) for name, values in tomllib.loads(FILE.read_text("utf-8")).items()}
