"""What the Data page says of builds: which one is shown, switching, deleting.

Owns labels and sentences only.
"""

from __future__ import annotations

NO_EVALUATION = "There is no evaluation on this machine yet. Load one under “Load”, or open the bundled one."
TO_THE_BUNDLED = "Open the bundled one"
BUILDS = "Builds"
CURRENT = "current"
SHOW_BUILD = "Make it the current build"
DELETE_BUILD, DELETE_EVALUATION = "Delete this build", "Delete this evaluation"


def now_shown(name: str, build: str) -> str:
    """Which build pages show from now on."""
    return (
        f"Pages now show the build {build} of “{name}”. Links to another build that is kept still lead to it."
    )


def delete_build_question(name: str, build: str, is_current: bool) -> str:
    """What goes, what takes its place, and what has to be typed."""
    instead = " It is the current one; the newest of the others takes its place." if is_current else ""
    return f"This deletes the build {build} of “{name}” for good.{instead} Type {build} to go on."


def build_deleted(name: str, build: str) -> str:
    """What is gone."""
    return f"The build {build} of “{name}” is deleted."


def nothing_deleted(wanted: str) -> str:
    """That something else was typed."""
    return f"“{wanted}” has to be typed. Nothing was deleted."
