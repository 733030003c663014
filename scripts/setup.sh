#!/usr/bin/env bash
# Makes .venv ready to run and test bpviz: a Python, the packages, the system libraries of Qt.
# Does nothing when nothing has changed since the last time. PYTHON=... chooses the interpreter.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly VENV=.venv
readonly STAMP=$VENV/ready
# For a Python without ensurepip: a wheel of pip can install itself.
readonly PIP_WHEEL=pip-24.3.1-py3-none-any.whl
readonly PIP_FOLDER=https://files.pythonhosted.org/packages/ef/7d/500c9ad20238fcfcb4cb9243eede163594d7020ce87bd9610c9e02771876
readonly PIP=("$VENV/bin/python" -m pip --disable-pip-version-check --no-input)

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
can_install() { [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; }

apt_install() {
    say "apt-get install $*"
    export DEBIAN_FRONTEND=noninteractive
    local options=(-qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
    apt-get "${options[@]}" install "$@" >/dev/null 2>&1 && return
    apt-get -qq -o DPkg::Lock::Timeout=300 update >&2 || say "apt-get update failed; going on with the lists there are"
    apt-get "${options[@]}" install "$@" >&2
}

# What the environment was made from: when any of it changes, it is brought up to date.
fingerprint() {
    pwd -P
    echo "${PYTHON:-}"
    cksum pyproject.toml scripts/setup.sh scripts/constraints.txt
}

is_ready() { [[ -x $VENV/bin/python && -f $STAMP && $(fingerprint) == "$(cat "$STAMP")" ]]; }

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' >/dev/null 2>&1; }

find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python3.14 /usr/bin/python3; do
        if fits "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# Python without venv or pip in it: Debian keeps both in a package of their own.
make_venv() {
    local python=$1 version
    "$python" -m venv --clear "$VENV" >/dev/null 2>&1 && return
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if can_install && apt_install "python$version-venv" && "$python" -m venv --clear "$VENV" >&2; then
        return
    fi
    say "this Python has no ensurepip; fetching pip from PyPI"
    "$python" -m venv --clear --without-pip "$VENV" || fail "cannot make $VENV; install python$version-venv"
    fetch "$PIP_FOLDER/$PIP_WHEEL" "$VENV/$PIP_WHEEL" ||
        fail "cannot fetch pip; install python$version-venv"
    "$VENV/bin/python" "$VENV/$PIP_WHEEL/pip" install --quiet --no-index --disable-pip-version-check "$VENV/$PIP_WHEEL"
}

fetch() {
    "$VENV/bin/python" -c 'import sys, urllib.request as r; r.urlretrieve(*sys.argv[1:])' "$@" 2>/dev/null ||
        curl -fsSL -o "$2" "$1" 2>/dev/null || wget -qO "$2" "$1" 2>/dev/null
}

# The system libraries that Qt needs and this machine lacks, one name a line.
missing_libraries() {
    local qt
    qt=$("$VENV/bin/python" -c 'import importlib.util as u; print(u.find_spec("PySide6").submodule_search_locations[0])')
    local needed=("$qt"/QtWidgets.abi3.so "$qt"/QtSvg.abi3.so "$qt"/Qt/plugins/platforms/libq{xcb,offscreen}.so)
    [[ -n ${WAYLAND_DISPLAY:-} ]] && needed+=("$qt"/Qt/plugins/platforms/libqwayland*.so)
    ldd "${needed[@]}" 2>/dev/null | awk '/not found/ { print $1 }' | sort -u
}

# The Debian and Ubuntu package of a library, by Debian's own rule: libxcb-icccm.so.4 is in libxcb-icccm4,
# libX11.so.6 in libx11-6.
package_of() {
    local name=${1%%.so.*} version=${1##*.so.}
    case $1 in
        libglib-2.0.so.0 | libgthread-2.0.so.0) echo libglib2.0-0 ;;
        libz.so.1) echo zlib1g ;;
        *)
            [[ $name == *[0-9] ]] && name+=-
            name=${name,,}
            echo "${name//_/-}$version"
            ;;
    esac
}

# False when some are missing still; what needs no window may work even so.
add_system_libraries() {
    [[ $(uname -s) == Linux ]] || return 0
    local missing packages
    missing=$(missing_libraries)
    [[ -n $missing ]] || return 0
    packages=$(while read -r library; do package_of "$library"; done <<<"$missing" | sort -u | tr '\n' ' ')
    if can_install; then
        # shellcheck disable=SC2086 # one word a package
        apt_install $packages || return 1
        missing=$(missing_libraries)
        [[ -z $missing ]] && return
        say "Qt still lacks: ${missing//$'\n'/ }"
        return 1
    else
        say "Qt lacks these system libraries: ${missing//$'\n'/ }"
        say "on Debian or Ubuntu:  sudo apt-get install $packages"
        return 1
    fi
}

set_up() {
    local python
    if ! python=$(find_python); then
        can_install && apt_install python3 python3-venv
        python=$(find_python) || fail "Python 3.11 or newer is needed; set PYTHON to its path"
    fi
    rm -f "$STAMP"
    if fits "$VENV/bin/python" && "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
        say "bringing $VENV up to date"
    else
        say "making $VENV with $python (the first time takes a minute or two)"
        make_venv "$python"
    fi
    "${PIP[@]}" install --quiet --constraint scripts/constraints.txt --editable '.[test]'
    if add_system_libraries; then
        fingerprint >"$STAMP.new"
        mv "$STAMP.new" "$STAMP"
        say "ready"
    fi
}

is_ready && exit 0
if command -v flock >/dev/null; then  # two at once: the second waits and finds all done
    exec 9<scripts/setup.sh
    flock 9
    is_ready && exit 0
fi
set_up
