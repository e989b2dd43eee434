"""Headless Chromium, driven through its DevTools protocol over a pipe: Python's standard library alone."""
import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

NAMES = ("chromium", "chromium-browser", "google-chrome")


def path():
    """Where Chromium is; None where it is not."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


class Chromium:
    """A browser with one page at a time; what pages say is kept in `console`."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="catenary-browser-")
        ours, theirs = os.pipe(), os.pipe()
        # Chromium reads from 3 and writes to 4.
        def arrange():
            os.dup2(ours[0], 203)
            os.dup2(theirs[1], 204)
            os.dup2(203, 3)
            os.dup2(204, 4)

        self.process = subprocess.Popen(
            [path(), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             f"--user-data-dir={self.folder}/profile", "--remote-debugging-pipe", "about:blank"],
            preexec_fn=arrange, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(ours[0])
        os.close(theirs[1])
        self.write, self.read = ours[1], theirs[0]
        self.bytes, self.number = b"", 0
        self.console, self.requests, self.sockets = [], [], []
        self.session = None

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, method, seconds=60, **parameters):
        """One command of the protocol and its result."""
        self.number += 1
        number = self.number
        message = {"id": number, "method": method, "params": parameters}
        if self.session and not method.startswith("Target."):
            message["sessionId"] = self.session
        os.write(self.write, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + seconds
        while True:
            answer = self.next(end)
            if answer is None:
                raise TimeoutError(f"{method}: no answer in {seconds} s")
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def next(self, end):
        """The next message before a moment; events are noted on the way."""
        while b"\0" not in self.bytes:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.read], [], [], left)[0]:
                return None
            piece = os.read(self.read, 1 << 16)
            if not piece:
                raise RuntimeError("Chromium ended")
            self.bytes += piece
        text, self.bytes = self.bytes.split(b"\0", 1)
        message = json.loads(text)
        self.note(message.get("method"), message.get("params", {}))
        return message

    def note(self, method, event):
        if method == "Runtime.consoleAPICalled":
            self.console.append(" ".join(str(a.get("value", a.get("description"))) for a in event["args"]))
        elif method == "Runtime.exceptionThrown":
            details = event["exceptionDetails"]
            self.console.append(details.get("exception", {}).get("description", details["text"]))
        elif method == "Log.entryAdded":
            self.console.append(f"{event['entry']['text']} {event['entry'].get('url', '')}".strip())
        elif method == "Network.requestWillBeSent":
            self.requests.append(event["request"]["url"])
        elif method == "Network.webSocketCreated":
            self.sockets.append(event["url"])

    def open(self, address, width=1280, height=900, is_dark=False, is_touch=False):
        """A fresh page: no storage, no history."""
        context = self.ask("Target.createBrowserContext")["browserContextId"]
        target = self.ask("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Runtime", "Log", "Network", "Page"):
            self.ask(f"{domain}.enable")
        self.size(width, height, is_touch)
        self.theme(is_dark)
        self.console.clear()
        self.requests.clear()
        self.sockets.clear()
        self.ask("Page.navigate", url=address)
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'", "the page to load")

    def size(self, width, height, is_touch=False):
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=is_touch)

    def theme(self, is_dark):
        feature = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.ask("Emulation.setEmulatedMedia", features=[feature])

    def run(self, script):
        """The value of an expression, of a promise what it becomes."""
        answer = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise RuntimeError(f"{script}: {details.get('exception', {}).get('description', details['text'])}")
        return answer["result"].get("value")

    def until(self, script, what, seconds=30):
        """Waits until an expression is true; what it is then."""
        end = time.monotonic() + seconds
        while True:
            value = self.run(script)
            if value:
                return value
            if time.monotonic() > end:
                raise AssertionError(f"waited {seconds} s for {what}: {script} is {value!r}")
            time.sleep(0.05)

    def key(self, key, modifiers=0):
        """A key down and up; modifiers: 8 is Shift."""
        codes = {"Tab": 9, "Enter": 13, "Delete": 46, "Insert": 45, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39,
                 "ArrowDown": 40}
        extra = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=codes[key],
                     modifiers=modifiers, **(extra if kind == "keyDown" else {}))

    def type(self, text):
        self.ask("Input.insertText", text=text)

    def mouse(self, kind, x, y, clicks=1):
        button = "none" if kind == "mouseMoved" else "left"
        self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button=button, clickCount=clicks)

    def click(self, selector):
        x, y = self.middle(selector)
        self.mouse("mousePressed", x, y)
        self.mouse("mouseReleased", x, y)

    def middle(self, selector):
        return self.run(f"""(() => {{
          const element = document.querySelector({json.dumps(selector)});
          element.scrollIntoView({{ block: "center", behavior: "instant" }});
          const box = element.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        }})()""")

    def screenshot(self, file, is_whole=True):
        picture = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=is_whole)
        with open(file, "wb") as out:
            out.write(base64.b64decode(picture["data"]))
