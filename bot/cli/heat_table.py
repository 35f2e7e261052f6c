"""A table of states as a picture: rows of places, columns of kinds, a colour and a mark in each cell.

matplotlib comes with the extra `report`; the bot itself never needs it.
"""

from __future__ import annotations

from pathlib import Path

from bot.cli.faults import CannotBeDone

# From a good blue to a pale nothing: told apart in grey and by people who do not see red or green.
COLOURS = {
    "confirmed": "#08519c",
    "unconfirmed": "#6baed6",
    "silent": "#fdae6b",
    "national": "#e7cb94",
    "away": "#efe8d8",
    "none": "#f7f7f7",
}
DARK = frozenset({"confirmed"})
CELL_IN, MARGIN_IN, TITLE_IN, NAMES_IN = 0.36, 0.3, 2.4, 2.6  # inches
DOTS_PER_INCH = 110

HeatRow = tuple[str, list[tuple[str, str]]]  # a place, and (kind, state) for each kind


def draw(file: Path, title: str, rows: list[HeatRow], states: dict[str, str], marks: dict[str, str]) -> None:
    """Writes the PNG. Raises CannotBeDone without matplotlib or when the file cannot be written."""
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415 (optional, and slow to import)
        from matplotlib.patches import Patch  # noqa: PLC0415
    except ImportError as fault:
        raise CannotBeDone("a picture needs matplotlib: pip install 'stezhka[report]'") from fault
    kinds = [kind for kind, _ in rows[0][1]]
    wide = NAMES_IN + CELL_IN * len(kinds) + MARGIN_IN
    figure = Figure(
        figsize=(wide, TITLE_IN + CELL_IN * len(rows) + 2 * MARGIN_IN), dpi=DOTS_PER_INCH, layout="constrained"
    )
    axes = figure.add_subplot()
    for y, (_, cells) in enumerate(rows):
        for x, (_, state) in enumerate(cells):
            axes.fill((x, x + 1, x + 1, x), (y, y, y + 1, y + 1), color=COLOURS[state], edgecolor="white")
            ink = "white" if state in DARK else "#222222"
            axes.text(x + 0.5, y + 0.5, marks[state], ha="center", va="center", color=ink, fontsize=9)
    axes.set_xlim(0, len(kinds))
    axes.set_ylim(len(rows), 0)
    axes.set_xticks(
        [x + 0.5 for x in range(len(kinds))], kinds, rotation=60, ha="left", rotation_mode="anchor", fontsize=8
    )
    axes.set_yticks([y + 0.5 for y in range(len(rows))], [name for name, _ in rows], fontsize=8)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set_frame_on(False)
    figure.suptitle(title, fontsize=11)
    legend = [Patch(facecolor=COLOURS[state], edgecolor="#999999", label=told) for state, told in states.items()]
    figure.legend(handles=legend, loc="outside lower center", ncol=3, fontsize=8, frameon=False)
    try:
        figure.savefig(file, format="png")
    except OSError as fault:
        raise CannotBeDone(f"cannot write {file.name}: {fault.strerror}") from fault
