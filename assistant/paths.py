"""Where everything lives: one home directory, found through platformdirs or given by the user."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True, slots=True)
class Paths:
    """All locations the program touches. Only `home` and `cache` are ever written to."""

    home: Path  # the data file, its backups
    cache: Path  # can be deleted at any time
    project: Path  # resources/ and models/ beside the package

    @property
    def database(self) -> Path:
        """The one SQLite file."""
        return self.home / "attune.db"

    @property
    def backups(self) -> Path:
        """Copies of the data file, newest last by name."""
        return self.home / "backups"

    @property
    def resources(self) -> Path:
        """Tag library, icons, style sheet, translations."""
        return self.project / "resources"

    @property
    def models(self) -> Path:
        """Model files named in manifest.toml."""
        return self.project / "models"


def find_paths(home: Path | None = None) -> Paths:
    """The user's own locations, or everything under `home` if that is given."""
    project = Path(__file__).resolve().parent.parent
    if home is not None:
        home = home.expanduser().absolute()
        return Paths(home=home, cache=home / "cache", project=project)
    return Paths(
        home=Path(platformdirs.user_data_dir("attune", appauthor=False)),
        cache=Path(platformdirs.user_cache_dir("attune", appauthor=False)),
        project=project,
    )
