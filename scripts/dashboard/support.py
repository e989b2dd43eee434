"""What all checks of the dashboard need: a server of their own, and waiting."""
import json
import signal
import subprocess

VERDICT = "document.querySelector('#verdict')?.dataset"


class Server:
    """`catenary serve` on a port of its own."""

    def __init__(self, program, token=None):
        self.program, self.token = program, token
        self.start(0)

    def start(self, port):
        options = [] if self.token is None else ["--token", self.token]
        self.process = subprocess.Popen([self.program, "serve", "--port", str(port), *options], stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        if "http://127.0.0.1:" not in line:
            raise RuntimeError(f"no server: {line}")
        self.address = line.split()[1]
        self.port = int(self.address.rsplit(":", 1)[1])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def check(truth, words):
    if not truth:
        raise AssertionError(words)


def settle(page):
    """Waits until what is wanted was drawn by both; the verdict."""
    page.until(f"{VERDICT}.current === 'true' || document.querySelector('#curve-message').textContent !== ''", "the server's drawing")
    message = page.run("document.querySelector('#curve-message').textContent")
    check(message == "", f"not drawn: {message}, of {page.run('document.querySelector(`#curl`).value')}")
    return page.run("[document.querySelector('#verdict').dataset.state, document.querySelector('#verdict').textContent]")


def choose(page, selector, value):
    """Sets a control as a person does: value, then events."""
    page.run(f"""(() => {{
      const control = document.querySelector({json.dumps(selector)});
      if (control.type === "checkbox") control.checked = {json.dumps(value)}; else control.value = {json.dumps(value)};
      if (control.tagName === "SELECT" && control.selectedIndex < 0) throw new Error(`no such choice of ${{control.id}}`);
      for (const name of ["input", "change"]) control.dispatchEvent(new Event(name, {{ bubbles: true }}));
    }})()""")


def points(page):
    return page.run("document.querySelector('#points-text').value.split('\\n').map((line) => line.split(', ').map(Number))")


def quiet(page, where):
    check(page.console == [], f"{where}: the console says {page.console}")
