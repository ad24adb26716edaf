"""Settings of a folder of evaluations: the defaults, with what HOME/fairhearing.toml says in their place.

The one function by which both front ends get them. What a setting may be is known by
`analysis/settings.py`; here its refusals become faults of a file.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from analysis.settings import DEFAULTS, Settings, SettingsError
from data.errors import Fault, InputError

FILE_NAME = "fairhearing.toml"


def settings_of(home: Path) -> Settings:
    """The settings that hold for every evaluation of a folder; raises `InputError` with every fault of the file."""
    path = home / FILE_NAME
    try:
        overrides = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return DEFAULTS
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8. Save it again as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is no TOML: {error}. Write lines such as margin_ratio = 1.2.") from None
    try:
        return DEFAULTS.with_overrides(overrides)
    except SettingsError as problem:
        faults = [Fault(FILE_NAME, None, None, said, "") for said in problem.faults.values()]
        raise InputError(faults) from None
