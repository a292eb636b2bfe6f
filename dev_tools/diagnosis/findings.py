"""What `understudy doctor` finds: what it saw, where, what to change, and something to copy."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One finding. A note tells something worth knowing; everything else is wrong with the installation."""

    code: str
    message: str
    change: str
    fix: str = ""
    line: int = 0
    note: bool = False

    def as_json(self) -> dict[str, Any]:
        """As an object for JSON."""
        return asdict(self)

    def as_text(self) -> str:
        """As lines for people."""
        where = f"line {self.line}: " if self.line else ""
        lines = [f"{'note' if self.note else 'problem'} {self.code}: {where}{self.message}"]
        if self.change:
            lines.append(f"    change: {self.change}")
        if self.fix:
            lines += [f"    | {line}" for line in self.fix.rstrip().splitlines()]
        return "\n".join(lines)
