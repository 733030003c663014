"""What the key beside the plane says."""

from __future__ import annotations

import math

from bpviz.engine.trainer import Trainer
from bpviz.explain.number import count, number
from bpviz.qt.palette import Palette
from bpviz.qt.plots.prediction.aside import Bar, Row
from bpviz.qt.plots.prediction.marks import boundary_stroke, class_mark, contour_stroke, data_mark, wrong_mark
from bpviz.qt.plots.prediction.seeing import Seen
from bpviz.qt.plots.prediction.verdicts import Verdict


def bar_of(seen: Seen, classes: tuple[str, ...], palette: Palette) -> Bar | None:
    """The scale; its ends are the two classes where one output parts them."""
    if seen.scale is None:
        return None
    shades = seen.scale.shades(palette)
    if len(classes) == 2:
        first, second = (class_mark(palette, k, 2, held_out=False) for k in range(2))
        return Bar(shades, classes[0], classes[1], (first, second))
    return Bar(shades, number(seen.scale.low), number(seen.scale.high))


def class_rows(classes: tuple[str, ...], palette: Palette) -> list[Row]:
    """More than two classes, each by its mark."""
    return [Row(name, class_mark(palette, k, len(classes), held_out=False)) for k, name in enumerate(classes)]


def line_row(seen: Seen, symbol: str, palette: Palette) -> Row:
    """What the lines are."""
    if seen.scale is None:
        return Row("between classes", boundary_stroke(palette))
    if seen.labels:
        return Row(f"lines of equal {symbol}", contour_stroke(palette), short=f"equal {symbol}")
    return Row(f"{symbol} = 0.5", boundary_stroke(palette))


def set_rows(trainer: Trainer, verdict: Verdict | None, palette: Palette) -> list[Row]:
    """How many examples there are in each set, and how many of them are wrong where they have classes.

    Where there are too many to be judged while training runs, the share after the last epoch is told.
    """
    rows = [_set_row(trainer, verdict, False, palette)]
    if trainer.validation is not None:
        rows.append(_set_row(trainer, verdict, True, palette))
    if verdict is not None and (verdict.training.any() or verdict.validation.any()):
        rows.append(Row("wrong", wrong_mark(palette, held_out=True)))
    return rows


def _set_row(trainer: Trainer, verdict: Verdict | None, held_out: bool, palette: Palette) -> Row:
    name, mark = "validation" if held_out else "training", data_mark(palette, held_out)
    examples = trainer.validation if held_out else trainer.train
    assert examples is not None
    total = count(examples.count)
    if not trainer.classification:
        return Row(f"{name} {total}", mark)
    where = " in validation" if held_out else ""
    if verdict is not None:
        wrong = count(int((verdict.validation if held_out else verdict.training).sum()))
        return Row(f"{wrong} of {total}{where or ' wrong'}", mark, short=f"{wrong} of {total}")
    epoch = trainer.last_epoch
    share = 100 * (1.0 - (epoch.validation_accuracy if held_out else epoch.train_accuracy))
    known = not math.isnan(share)
    return Row(f"{number(share)} %{where or ' wrong'}" if known else name, mark, short=name)
