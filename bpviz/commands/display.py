"""Whether Qt can load and a window can open, found out before Qt is asked: its answer would be an abort."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bpviz.commands.errors import FAILED, CommandError

_WITHOUT_SCREEN = ("offscreen", "minimal", "vnc")


def missing_display(environment: Mapping[str, str]) -> str | None:
    """Why no window can open, in a few words; None when one can. Only Linux can be without a display."""
    if sys.platform != "linux" or environment.get("QT_QPA_PLATFORM", "").partition(":")[0] in _WITHOUT_SCREEN:
        return None
    wayland, x11 = environment.get("WAYLAND_DISPLAY"), environment.get("DISPLAY")
    if wayland and _wayland_answers(environment, wayland):
        return None
    if x11:
        return _x11_problem(x11) or _plugin_problem()
    return f"the display {wayland} does not answer" if wayland else "there is no display"


def _wayland_answers(environment: Mapping[str, str], display: str) -> bool:
    import socket  # where there is no Wayland, the window starts sooner

    path = os.path.join(environment.get("XDG_RUNTIME_DIR", ""), display)  # noqa: PTH118 - an absolute name wins
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(path)
        except OSError:
            return False
    return True


def _x11_problem(display: str) -> str | None:
    """Connects as Qt will, by libxcb with its cookies and its network names, and leaves again."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return "the library libxcb is missing"
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(os.fsencode(display), None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return f"the display {display} does not answer" if failed else None


def _plugin_problem() -> str | None:
    """Names the library that Qt's X11 plugin misses, most often libxcb-cursor. Qt itself would abort."""
    qt = importlib.util.find_spec("PySide6")
    for place in (qt.submodule_search_locations or ()) if qt else ():
        plugin = Path(place, "Qt/plugins/platforms/libqxcb.so")
        if plugin.exists():
            try:
                ctypes.CDLL(str(plugin))
            except OSError as error:
                return f"Qt cannot use the display: {error}; this library is needed"
    return None


@contextmanager
def qt_loaded() -> Iterator[None]:
    """Import Qt inside. A system library that it misses becomes one line instead of a traceback."""
    try:
        yield
    except ImportError as error:
        if ".so" not in str(error):
            raise
        hint = "'make setup' in a checkout says what to install"
        raise CommandError(f"Qt cannot be loaded: {error}; {hint}", FAILED) from None
