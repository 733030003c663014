"""Takes a plot away: its picture or its numbers, to the clipboard or into a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPicture, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QMenu

from bpviz.document.errors import DocumentError
from bpviz.document.writing import save
from bpviz.qt.keeping.questions import path_to_save
from bpviz.qt.keeping.recent import last_folder
from bpviz.qt.plots.flat_svg import flattened

if TYPE_CHECKING:
    from bpviz.qt.plots.page import PlotPage

SCALE = 3  # a saved picture has so many pixels for each of the screen's: enough for print


class Taking:
    """Belongs to one page. Everything is what the page shows at that moment."""

    def __init__(self, page: PlotPage) -> None:
        self._page = page

    def offer(self, at: QPoint) -> None:
        """The menu of it, at a place of the screen."""
        self.menu().popup(at)

    def menu(self) -> QMenu:
        """It goes when it closes."""
        menu = QMenu(self._page)
        numbers = self._page.has_numbers
        for text, act, possible in (
            ("Copy picture", self.copy_picture, True), ("Copy numbers (CSV)", self.copy_numbers, numbers),
            ("", None, True),
            ("Save picture as PNG…", self.save_png, True), ("Save picture as SVG…", self.save_svg, True),
            ("Save numbers as CSV…", self.save_csv, numbers),
        ):
            if act is None:
                menu.addSeparator()
            else:
                menu.addAction(text, act).setEnabled(possible)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def copy_picture(self) -> None:
        QGuiApplication.clipboard().setPixmap(self.pixmap(SCALE))

    def copy_numbers(self) -> None:
        table = self._page.table()
        if table is not None:
            QGuiApplication.clipboard().setText(table.csv())

    def save_png(self) -> None:
        self._save("PNG", "png", self.png)

    def save_svg(self) -> None:
        self._save("SVG", "svg", self.svg)

    def save_csv(self) -> None:
        table = self._page.table()
        if table is not None:
            self._save("CSV", "csv", lambda: table.csv().encode())

    # -- the picture as a value ----------------------------------------------------------------------

    def pixmap(self, scale: float) -> QPixmap:
        """On the panel's ground, with so many pixels for each of the screen's."""
        size: QSize = self._page.picture_size
        pixmap = QPixmap(size * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(QColor(self._page.theme.palette.panel))
        painter = QPainter(pixmap)
        self._page.paint_picture(painter)
        painter.end()
        return pixmap

    def png(self) -> bytes:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.pixmap(SCALE).save(buffer, "PNG")
        return bytes(buffer.data().data())

    def svg(self) -> bytes:
        """By way of a QPicture: straight from a widget, Qt would cut lines off nowhere, or somewhere else."""
        size, recorded = self._page.picture_size, QPicture()
        painter = QPainter(recorded)
        painter.fillRect(QRect(QPoint(), size), QColor(self._page.theme.palette.panel))
        self._page.paint_picture(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
        generator.setOutputDevice(buffer)
        generator.setSize(size)
        generator.setViewBox(QRect(QPoint(), size))
        generator.setResolution(recorded.logicalDpiX())  # else the record would be played at another size
        generator.setTitle(f"{self._page.title}: {self._page.session.preset.title}")
        painter = QPainter(generator)
        painter.drawPicture(0, 0, recorded)
        painter.end()
        return flattened(bytes(buffer.data().data()))

    # -- within --------------------------------------------------------------------------------------

    def _save(self, kind: str, ending: str, made: Callable[[], bytes]) -> None:
        page = self._page
        plot = page.title.lower()
        proposed = last_folder() / f"{page.session.preset.name}-{plot}.{ending}"
        path = path_to_save(page, f"Save the {plot} plot", proposed, (f"{kind} (*.{ending})",))
        if path is None:
            return
        try:
            save(path, made())
        except DocumentError as refused:
            page.failed.emit(str(refused))
        else:
            page.told.emit(f"Saved {path}.")
