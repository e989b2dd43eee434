"""Live figures, workers, the token, and a server that goes away."""
import json
import pathlib
import time
import urllib.request

from .looks import is_named
from .support import Server, check, choose, quiet, settle


def follows(page, server):
    """Figures move; telemetry comes over the WebSocket."""
    end = time.monotonic() + 30
    while not page.run("Number(document.querySelector('#tile-rate').textContent) > 0"):
        check(time.monotonic() < end, "no rate of requests is told")
        with urllib.request.urlopen(f"{server.address}/api/spline/render?points=5000", timeout=10) as answer:
            answer.read()
        time.sleep(0.05)
    page.until("document.querySelector('#rates .series.first').getAttribute('d').includes('L')", "a line in the chart")
    page.until("/[µm]?s$/.test(document.querySelector('#tile-median').textContent)", "a latency")
    page.until("document.querySelector('#model-list').textContent.includes('curve-detection')", "the models")
    page.until("document.querySelectorAll('#worker-rows tr').length > 0", "workers")
    page.until("document.querySelector('#connection').dataset.state === 'live'", "telemetry")
    page.until("document.querySelector('#tile-sockets').textContent === '1'", "its own WebSocket among those counted")
    quiet(page, "live figures")


def scales(page):
    """The pool grows and shrinks."""
    rows = "document.querySelectorAll('#worker-rows tr:not(:has([data-state=terminated]))').length"
    page.until(f"{rows} > 0", "workers")
    before = page.run(rows)
    page.click("#scale [data-step='1']")
    page.click("#scale [type=submit]")
    page.until("document.querySelector('#scale-message').textContent === '1 started, 0 ended.'", "one more worker")
    page.until(f"{rows} === {before + 1}", "its row")
    page.click("#scale [data-step='-1']")
    page.click("#scale [type=submit]")
    page.until("document.querySelector('#scale-message').textContent === '0 started, 1 ended.'", "one worker less")
    page.until(f"{rows} === {before}", "its row to go")
    page.run("document.querySelector('#scale-count').value = 100000; document.querySelector('#scale').requestSubmit()")
    page.until("document.querySelector('#scale-message').textContent.includes('count is')", "a word about too many")
    check(all("422" in line for line in page.console), f"workers: the console says {page.console}")
    page.console.clear()


def saves_a_heap(page):
    page.ask("Page.setDownloadBehavior", behavior="allow", downloadPath=page.folder)
    page.click("#worker-rows button.link")
    end = time.monotonic() + 30
    while not (files := list(pathlib.Path(page.folder).glob("heap-snapshot-*.json"))) and time.monotonic() < end:
        time.sleep(0.1)
    check(files, "the snapshot was not saved: " + page.run("document.querySelector('#scale-message').textContent"))
    check(isinstance(json.loads(files[0].read_text()), dict), "a snapshot is an object")
    quiet(page, "workers")


def comes_back(page, server):
    """The server goes and another comes: the page follows without being loaded again."""
    state = "document.querySelector('#connection').dataset.state"
    page.run("window.stays = true")
    was = page.run(state)
    server.stop()
    page.until(f"{state} === 'offline'", "the page to notice")
    server.start(server.port)
    page.until(f"{state} === '{was}'", "the page to come back", seconds=60)
    check(page.run("window.stays") is True, "it was not loaded again")
    choose(page, "#type", "akima")
    check(settle(page)[0] == "same", "curves again")
    # What failed meanwhile the browser itself writes to the console; the page adds nothing.
    own = [line for line in page.console if "ERR_CONNECTION" not in line and "WebSocket connection" not in line]
    check(own == [], f"restart: the console says {own}")


def asks_for_token(page, program):
    server = Server(program, token="s3cret+&")
    try:
        page.open(server.address + "/")
        page.until("document.querySelector('#token-dialog').open", "the question")
        check(page.run("document.activeElement.id") == "token-input", "the field has the focus")
        quiet(page, "before the token")
        is_named(page)
        page.key("Escape")
        page.until("!document.querySelector('#token-dialog').open", "Escape")
        check(page.run("document.querySelector('#connection span').textContent") == "token needed", "the page says what it lacks")
        check(page.run("document.querySelector('#figures').hidden"), "no figures are shown")
        check(settle(page)[0] == "same", "the playground works without a token")
        page.click("#unlock")
        page.type("wrong")
        page.key("Enter")
        page.until("document.querySelector('#token-message').textContent === 'The server refused this token.'", "the refusal")
        check(page.run("sessionStorage.length") == 0, "a wrong token is not kept")
        page.type("s3cret+&")
        page.key("Enter")
        page.until("document.querySelector('#tile-pending').textContent !== '–'", "figures")
        check(not page.run("document.querySelector('#figures').hidden"), "figures are shown")
        check(page.run("JSON.stringify([localStorage.length, document.cookie, { ...sessionStorage }])")
              == '[0,"",{"catenary-token":"s3cret+&"}]', "it is kept for the session only")
        check(all("401" in line for line in page.console), f"token: the console says {page.console}")
        page.until("document.querySelector('#connection').dataset.state === 'live'", "telemetry with a token")
        check(any("access_token=s3cret%2B%26" in url for url in page.sockets), f"{page.sockets}")
        page.ask("Page.reload")
        page.until("!['–', undefined].includes(document.querySelector('#tile-pending')?.textContent)", "figures after a reload")
        check(not page.run("document.querySelector('#token-dialog').open"), "it is not asked for again")
    finally:
        server.stop()
