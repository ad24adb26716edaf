"""What attributes may be called, and whether every option names one that is there.

Owns the rules of names, so that each attribute can be a column of a build and be
typed in an expression.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from analysis.attributes import labels_column
from analysis.selection_sql import number_column
from data.build import RESERVED_NAMES
from data.errors import Fault, near_names, quoted_list
from data.ingest_options import IngestOptions

_OF_DERIVED = ("--attributes", "--bins")
"""The options that may name an attribute without a column."""


def attribute_name_faults(
    file: str,
    names: Sequence[str],
    columns: Collection[str],
    left_out: Mapping[str, str],
    options: IngestOptions,
    derivable: Collection[str] = (),
) -> list[Fault]:
    """All faults of the names that become attributes and of the names in options.

    `derivable` are attributes without a column, which only `--attributes` and `--bins` may name.
    """
    present = [name for name in names if name in columns]
    return [
        *_unknown_names(file, names, columns, left_out, options, derivable),
        *_named_twice(file, options),
        *_several_kinds(file, options),
        *_reserved_names(file, present),
        *_clashing_names(file, present),
    ]


def _unknown_names(
    file: str,
    names: Sequence[str],
    columns: Collection[str],
    left_out: Mapping[str, str],
    options: IngestOptions,
    derivable: Collection[str],
) -> Iterable[Fault]:
    asked: dict[str, Iterable[str]] = {
        "--attributes": options.attributes or (),
        "--role": options.roles,
        "--label-source": options.label_sources,
        "--bins": options.bins,
        "--order": options.orders,
        "--multi": options.multi,
    }
    for option, wanted in asked.items():
        known = derivable if option in _OF_DERIVED else ()
        for name in wanted:
            if name in left_out:
                yield Fault(
                    file,
                    None,
                    name,
                    f"{option} names a column that cannot be an attribute.",
                    f"It {_because(left_out[name])}.",
                )
            elif name in derivable and name not in known:
                what = (
                    f'{option} names "{name}", which is worked out from the recordings: nobody labelled it.'
                )
                yield Fault(file, None, name, what, f"Only {' and '.join(_OF_DERIVED)} may name it.")
            elif name not in columns and name not in derivable:
                what = f'{option} names "{name}", which is no column that can be an attribute.'
                yield Fault(file, None, name, what, near_names(name, [*columns, *known]))
            elif options.attributes is not None and name not in names:
                yield Fault(
                    file,
                    None,
                    name,
                    f'{option} names "{name}", which --attributes leaves out.',
                    "Add it there.",
                )


def _named_twice(file: str, options: IngestOptions) -> Iterable[Fault]:
    wanted = options.attributes or ()
    for name in dict.fromkeys(name for name in wanted if wanted.count(name) > 1):
        yield Fault(file, None, name, f'--attributes names "{name}" more than once.', "Name it once.")


def _several_kinds(file: str, options: IngestOptions) -> Iterable[Fault]:
    for name in options.multi:
        if name in options.bins:
            what = "--multi takes its values apart into labels, and --bins divides them as numbers."
            yield Fault(file, None, name, what, "Leave one of them out.")


def _because(reason: str) -> str:
    return reason if reason.startswith(("holds", "has", "is")) else f"is {reason}"


def _reserved_names(file: str, names: Sequence[str]) -> Iterable[Fault]:
    for name in names:
        if not name.strip() or "\0" in name:
            what = f"An attribute cannot be called {name!r}."
            yield Fault(
                file, None, None, what, "Give the column a name, or name the wanted ones with --attributes."
            )
        elif name.casefold() in RESERVED_NAMES:
            what = f'An attribute cannot be called "{name}": every build has a column of that name.'
            yield Fault(file, None, name, what, "Rename the column, or name the others with --attributes.")


def _clashing_names(file: str, names: Sequence[str]) -> Iterable[Fault]:
    taken: dict[str, str] = {}
    for name in names:
        for column in (name, number_column(name), labels_column(name)):
            other = taken.setdefault(column.casefold(), name)
            if other != name:
                what = f"{quoted_list([other, name])} cannot both be attributes: their names clash."
                yield Fault(
                    file,
                    None,
                    name,
                    what,
                    "Rename one of the columns, or name the wanted ones with --attributes.",
                )
                break
