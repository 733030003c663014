"""Every shortcut of the window, in one table: the keys, what they do, and the window's name for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shortcut:
    """keys as QKeySequence reads them; an empty action is done by the mouse and only listed."""

    keys: tuple[str, ...]
    text: str
    group: str
    action: str = ""


_CHANGE = "Changing the network"
_SIDE = "The panel on the right"
_PLOTS = "The plots"
_DOCUMENT = "The document"

SHORTCUTS = (
    Shortcut(("Right", ">", "."), "Next phase", "Telling a step", "next_phase"),
    Shortcut(("Left", "<", ","), "Previous phase", "Telling a step", "previous_phase"),
    Shortcut(("Shift+Right", "]"), "Next training step", "Telling a step", "next_step"),
    Shortcut(("Shift+Left", "["), "Previous training step", "Telling a step", "previous_step"),
    Shortcut(("Space",), "Run or pause", "Telling a step", "toggle_run"),
    Shortcut(("+", "="), "Faster", "Telling a step", "faster"),
    Shortcut(("-",), "Slower", "Telling a step", "slower"),
    Shortcut(("Home",), "Back to the start, same first weights", "Telling a step", "to_start"),
    Shortcut(("R",), "Roll new first weights", "Telling a step", "roll"),
    Shortcut(("0",), "Fit the network into the view", "The network", "fit"),
    Shortcut(("Wheel",), "Zoom", "The network"),
    Shortcut(("Drag",), "Pan", "The network"),
    Shortcut(("F",), "Unfold tall layers, or fold them", "The network", "toggle_folds"),
    Shortcut(("H",), "Heat maps on the nodes, with two inputs", "The network", "toggle_maps"),
    Shortcut(("N",), "Select the next unit", "The network", "next_node"),
    Shortcut(("Shift+N",), "Select the previous unit", "The network", "previous_node"),
    Shortcut(("E",), "Select the next weight", "The network", "next_edge"),
    Shortcut(("Shift+E",), "Select the previous weight", "The network", "previous_edge"),
    Shortcut(("L",), "Freeze the selected weight or bias, or thaw it", "The network", "toggle_frozen"),
    Shortcut(("Escape",), "Let go of the selection", "The network", "let_go"),
    Shortcut(("Drag a weight",), "Change it; Shift makes it finer, Escape gives it back", _CHANGE),
    Shortcut(("Wheel",), "Change the selected weight under the mouse", _CHANGE),
    Shortcut(("Double click",), "Type the weight, bias, input or target there", _CHANGE),
    Shortcut(("T",), "Type the selected weight, bias or input", _CHANGE, "type_selected"),
    Shortcut(("Ctrl+Up", "Ins"), "One unit more in the layer of the selected one", _CHANGE, "add_unit"),
    Shortcut(("Ctrl+Down", "Del"), "Remove the selected unit", _CHANGE, "remove_unit"),
    Shortcut(("Ctrl+Shift+Up",), "A new layer after that of the selected unit", _CHANGE, "add_layer"),
    Shortcut(("Ctrl+Shift+Down",), "Remove the layer of the selected unit", _CHANGE, "remove_layer"),
    Shortcut(("PgDown",), "Next example of the batch", "The example", "next_example"),
    Shortcut(("PgUp",), "Previous example of the batch", "The example", "previous_example"),
    Shortcut(("M",), "Mean of the batch, or one example", "The example", "toggle_mean"),
    Shortcut(("Alt+1",), "Equations", _SIDE, "show_equations"),
    Shortcut(("Alt+2",), "Chain of derivatives", _SIDE, "show_chain"),
    Shortcut(("Alt+3",), "Code", _SIDE, "show_code"),
    Shortcut(("Alt+4",), "Memo", _SIDE, "show_memo"),
    Shortcut(("Alt+5",), "Batch", _SIDE, "show_batch"),
    Shortcut(("Alt+6",), "Step", _SIDE, "show_step"),
    Shortcut(("Ctrl+D",), "The text's notation or the standard one", _SIDE, "toggle_notation"),
    Shortcut(("F5",), "Cost", _PLOTS, "plot_cost"),
    Shortcut(("F6",), "Prediction", _PLOTS, "plot_prediction"),
    Shortcut(("F7",), "Gradients", _PLOTS, "plot_gradients"),
    Shortcut(("F8",), "Landscape", _PLOTS, "plot_landscape"),
    Shortcut(("Wheel",), "Zoom a plot", _PLOTS),
    Shortcut(("Drag",), "Move about in a plot", _PLOTS),
    Shortcut(("Shift+Drag",), "Move about in the cost plot; a click goes to a step", _PLOTS),
    Shortcut(("Ctrl+Left", "Ctrl+Right"), "Read the cost plot, if it has the focus", _PLOTS),
    Shortcut(("Double click",), "See all of a plot again", _PLOTS),
    Shortcut(("Right click",), "Copy or save a plot: its picture or its numbers", _PLOTS),
    Shortcut(("Ctrl+O",), "Open a document, table or weights", _DOCUMENT, "open_file"),
    Shortcut(("Ctrl+S",), "Save", _DOCUMENT, "save"),
    Shortcut(("Ctrl+Shift+S",), "Save as", _DOCUMENT, "save_as"),
    Shortcut(("Ctrl+Z",), "Undo", _DOCUMENT, "undo"),
    Shortcut(("Ctrl+Shift+Z", "Ctrl+Y"), "Redo", _DOCUMENT, "redo"),
    Shortcut(("Ctrl+Shift+C",), "Copy the whole experiment as text", _DOCUMENT, "copy_text"),
    Shortcut(("Ctrl+Shift+V", "Ctrl+V"), "Paste an experiment", _DOCUMENT, "paste_text"),
    Shortcut(("Ctrl+E",), "Export weights", _DOCUMENT, "export_weights"),
    Shortcut(("Ctrl+I",), "Import weights", _DOCUMENT, "import_weights"),
    Shortcut(("Ctrl+Shift+D",), "Change the data", _DOCUMENT, "show_data"),
    Shortcut(("Ctrl+K",), "Chain rule playground", "The window", "show_playground"),
    Shortcut(("Ctrl+G",), "Gallery of presets", "The window", "show_gallery"),
    Shortcut(("Ctrl+T",), "Theme: system, light, dark", "The window", "cycle_theme"),
    Shortcut(("Ctrl+1",), "Show or hide the set-up", "The window", "toggle_setup"),
    Shortcut(("Ctrl+2",), "Show or hide the plots", "The window", "toggle_plots"),
    Shortcut(("Ctrl+3",), "Show or hide the equations and their neighbours", "The window", "toggle_side"),
    Shortcut(("F11",), "Full screen", "The window", "toggle_full_screen"),
    Shortcut(("?",), "This sheet", "The window", "show_shortcuts"),
    Shortcut(("Ctrl+Q",), "Quit", "The window", "close"),
)
