# What ./infra/start and ./infra/test both do first; sourced by them, with ROOT set to the project's folder.
# Each part is done again only when its lock has changed; its stamp is written last, so that a set-up which was cut
# short is taken up again by the next one.

VENV="$ROOT/.venv"
LOCKS="$ROOT/infra/requirements"
# What was compiled once is kept: a dozen processes start from it, whatever the surroundings ask for.
unset PYTHONDONTWRITEBYTECODE

say() { printf '%s\n' "$*"; }
stop_here() { printf '\n%s\n' "$*" >&2; exit 1; }

# A mark of some files: the same contents leave the same mark, wherever they stand.
mark_of() { cat "$@" | cksum | tr ' ' '-'; }

find_python() {
    # Whoever ships a system builds its Python to be quick; one that a tool built beside it takes a fifth longer.
    if /usr/bin/python3 -c 'import ensurepip, sys, venv; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
        PYTHON=/usr/bin/python3
        return
    fi
    for name in python3 python3.13 python3.12 python3.11 python3.14; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
            PYTHON=$name
            return
        fi
    done
    stop_here "Alongside needs Python 3.11 or newer, and this machine has none that can be found.
Install it (for example: apt-get install python3 python3-venv) and start again."
}

# why_not WORDS WHAT: what a failed step means, from the words it ended with.
why_not() {
    case $1 in
    *[Nn]'o space left'* | *ENOSPC*)
        stop_here "There is not enough space on the disk that holds $ROOT. Free about 1 GB and start again; it goes on where it stopped."
        ;;
    *'DO NOT MATCH THE HASHES'* | *EINTEGRITY*)
        stop_here "$2 could not be installed: what was fetched is not what the lock file names. Nothing of it is used."
        ;;
    esac
    printf '%s\n' "$1" | tail -n 4 >&2
    stop_here "$2 could not be fetched. Check that this machine reaches its package registries, and start again; it goes on where it stopped."
}

# make_venv LOCK [LOCK...]: an environment that holds what the first lock names; the further locks are part of it.
make_venv() {
    find_python
    if ! "$VENV/bin/python" -c 'import pip' >/dev/null 2>&1; then
        say "Making the Python environment in .venv."
        words=$("$PYTHON" -m venv --clear "$VENV" 2>&1) || no_venv "$words"
    fi
    if ! grep -qxF "$1 $(mark_of "$LOCKS/$1")" "$VENV/installed" 2>/dev/null; then
        say "Installing $(grep -c '^[a-z].*==' "$LOCKS/$1") Python packages (a minute or two the first time)."
        rm -f "$VENV/installed"
        install_lock "$1" "The Python packages"
        for lock in "$@"; do printf '%s %s\n' "$lock" "$(mark_of "$LOCKS/$lock")"; done >"$VENV/installed.new"
        mv "$VENV/installed.new" "$VENV/installed"
    fi
    put_on_path
}

no_venv() {
    case $1 in
    *'ermission denied'* | *'ead-only file system'*)
        stop_here "Alongside may not write in $ROOT. Copy the project to a folder of your own and start there."
        ;;
    *'o space left'*) why_not "$1" "The Python environment" ;;
    esac
    stop_here "$PYTHON cannot make an environment: its venv module is missing or incomplete.
Install it (for example: apt-get install python3-venv) and start again."
}

# What is never imported is never compiled, which most of it is not; the rest is at its first import.
install_lock() {
    # A fifth of the work; but it knows nothing of what pip was told of this machine, such as where its packages come
    # from. Then pip does it, and says what is wrong.
    if pip_install uv.txt --only-binary :all: >/dev/null 2>&1 && "$VENV/bin/uv" pip install --quiet --no-deps \
        --python "$VENV/bin/python" --require-hashes --requirement "$LOCKS/$1" >/dev/null 2>&1; then
        return
    fi
    words=$(pip_install "$1" 2>&1) || why_not "$words" "$2"
}

# pip_install LOCK [OPTION...]
pip_install() {
    lock=$LOCKS/$1
    shift
    "$VENV/bin/python" -m pip install --disable-pip-version-check --no-input --quiet --no-deps --require-hashes \
        --no-compile --retries 2 --requirement "$lock" "$@"
}

# The project is imported from where it stands, and its command is there as .venv/bin/alongside.
put_on_path() {
    packages=$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    lines="$ROOT
$ROOT/platform"
    if [ "$(cat "$packages/alongside.pth" 2>/dev/null)" != "$lines" ]; then
        printf '%s\n' "$lines" >"$packages/alongside.pth"
    fi
    if [ ! -x "$VENV/bin/alongside" ]; then
        printf '#!/bin/sh\nexec "$(dirname -- "$0")/python" -m alongside "$@"\n' >"$VENV/bin/alongside.new"
        chmod 755 "$VENV/bin/alongside.new"
        mv "$VENV/bin/alongside.new" "$VENV/bin/alongside"
    fi
}

fetch_design_system() {
    mark=$(mark_of "$ROOT/package-lock.json" "$ROOT/package.json")
    [ "$(cat "$ROOT/node_modules/.fetched" 2>/dev/null)" = "$mark" ] && return
    npm=npm
    if ! command -v npm >/dev/null 2>&1; then
        npm="$VENV/bin/npm"
        PATH="$VENV/bin:$PATH"
        if [ ! -x "$npm" ]; then
            say "Installing npm beside Python, since this machine has none."
            install_lock npm.txt "npm"
        fi
    fi
    say "Fetching the design system."
    words=$(cd "$ROOT" && "$npm" ci --ignore-scripts 2>&1) || why_not "$words" "The design system"
    printf '%s\n' "$mark" >"$ROOT/node_modules/.fetched"
}
