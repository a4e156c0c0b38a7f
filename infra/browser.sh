# Finds the browser that the end-to-end tests drive, or brings one; sourced by ./infra/test after the set-up.

find_browser() {
    if [ -n "${ALONGSIDE_BROWSER:-}" ]; then
        [ -x "$ALONGSIDE_BROWSER" ] || stop_here "ALONGSIDE_BROWSER names $ALONGSIDE_BROWSER, and no program stands there."
        export ALONGSIDE_BROWSER
        return
    fi
    # The first shows no window and no more of a browser than pages need: half the work for the same pages.
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
        if ALONGSIDE_BROWSER=$(command -v "$name"); then
            export ALONGSIDE_BROWSER
            return
        fi
    done
    ALONGSIDE_BROWSER=$(playwrights_own)
    if [ ! -x "$ALONGSIDE_BROWSER" ]; then
        say "Fetching a browser for the tests."
        if words=$("$VENV/bin/python" -m playwright install chromium 2>&1); then
            ALONGSIDE_BROWSER=$(playwrights_own)
        elif [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            say "It could not be fetched; installing Debian's."
            words=$(apt-get update 2>&1 && apt-get install --yes --no-install-recommends chromium-headless-shell 2>&1) || true
            ALONGSIDE_BROWSER=$(command -v chromium-headless-shell || true)
        fi
    fi
    if [ ! -x "$ALONGSIDE_BROWSER" ]; then
        printf '%s\n' "$words" | tail -n 4 >&2
        stop_here "The tests need a browser, and none was found or could be fetched.
Install Chromium, or name one: ALONGSIDE_BROWSER=/path/to/chromium ./infra/test"
    fi
    export ALONGSIDE_BROWSER
}

# Beside its whole browser it fetches one without windows, which is taken first here too.
playwrights_own() {
    "$VENV/bin/python" -c '
from pathlib import Path
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    whole = Path(playwright.chromium.executable_path)
found = []
for folder in whole.parents:
    if folder.name.startswith("chromium-"):
        slim = folder.with_name(folder.name.replace("chromium-", "chromium_headless_shell-"))
        found += slim.glob("*/*headless*shell")
print(next(iter(found), whole))'
}
