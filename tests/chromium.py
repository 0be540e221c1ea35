"""Chromium without a window, spoken to over its own protocol: pages are opened, clicked, typed in and printed.

Needs the program `chromium` (Debian: ``apt-get install chromium``) and nothing that the lock does not have.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, Self
from urllib.request import urlopen

from websocket import create_connection

PROGRAM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
PATIENCE = 60.0
"""Seconds to wait for a page: a machine that does other work too is slow."""


class Page:
    """A page of a Chromium of its own; what its console complains of is in `complaints`."""

    def __init__(self, folder: Path, *, width: int = 1100, height: int = 900, patience: float = PATIENCE) -> None:
        self.complaints: list[str] = []
        self.patience = patience
        self.folder, self.width, self.height = folder, width, height
        self._n = 0

    def __enter__(self) -> Self:
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
                     "--remote-allow-origins=*", "--no-first-run", f"--user-data-dir={self.folder}"]  # fmt: skip
        self._log = (self.folder / "chromium.log").open("w", encoding="utf-8")
        self._process = subprocess.Popen([str(PROGRAM), *arguments, "about:blank"], stdout=self._log, stderr=self._log)
        port = self._wait(lambda: (self.folder / "DevToolsActivePort").read_text().split("\n")[0])
        with urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
            address = next(one for one in json.load(answer) if one["type"] == "page")["webSocketDebuggerUrl"]
        self._socket = create_connection(address, timeout=self.patience)
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.resize(self.width, self.height)
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(timeout=PATIENCE)
        self._log.close()

    def _wait(self, ask: Any) -> Any:
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            try:
                if found := ask():
                    return found
            except (OSError, KeyError):
                pass
            time.sleep(0.05)
        raise TimeoutError(f"nothing after {self.patience} s")

    def call(self, method: str, **given: Any) -> dict[str, Any]:
        """Ask Chromium for something, and keep what it complains of meanwhile."""
        self._n += 1
        self._socket.send(json.dumps({"id": self._n, "method": method, "params": given}))
        while True:
            told = json.loads(self._socket.recv())
            if told.get("id") == self._n:
                assert "error" not in told, told
                return dict(told["result"])
            what, about = told.get("method"), told.get("params", {})
            if what == "Page.javascriptDialogOpening" and about["type"] == "beforeunload":
                yes = {"id": 0, "method": "Page.handleJavaScriptDialog", "params": {"accept": True}}
                self._socket.send(json.dumps(yes))  # a page that asks whether to leave it would never be left
            elif what in {"Runtime.exceptionThrown", "Page.javascriptDialogOpening"}:
                self.complaints.append(json.dumps(about)[:500])
            elif what == "Log.entryAdded" and about["entry"]["level"] == "error":
                self.complaints.append(f"{about['entry']['text']} {about['entry'].get('url', '')}")
            elif what == "Runtime.consoleAPICalled" and about["type"] == "error":
                self.complaints.append(json.dumps(about["args"])[:500])

    def do(self, script: str) -> Any:
        """The value of an expression on the page."""
        told = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def resize(self, width: int, height: int = 900) -> None:
        """The size of the window; narrow ones are phones."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )

    def open(self, address: str) -> None:
        """Go to an address, afresh, and wait until the page has shown what it asks for."""
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=address)
        self.until("document.body?.dataset.ready")

    def until_served(self, address: str) -> None:
        """Go to an address of a server that may yet be starting."""

        def answers() -> bool:
            with urlopen(address) as answer:  # noqa: S310  our own server
                return bool(answer.status == 200)

        self._wait(answers)
        self.call("Page.navigate", url=address)

    def picture(self, path: Path, query: str) -> None:
        """Picture an element that fits the window, with a little room inside its border."""
        x, y, width, height = self.do(
            f"(async () => {{ const e = document.querySelector({json.dumps(query)});"
            " e.style.cssText += 'padding: 10px; box-sizing: border-box'; e.scrollIntoView({block: 'center'});"
            " await new Promise(done => setTimeout(done, 500)); const r = e.getBoundingClientRect();"
            " return [r.x + scrollX, r.y + scrollY, r.width, r.height]; })()"
        )
        clip = {"x": x, "y": y, "width": width, "height": height, "scale": 1}
        told = self.call("Page.captureScreenshot", format="png", clip=clip)
        path.write_bytes(base64.b64decode(told["data"]))

    def until(self, script: str) -> Any:
        """Wait until an expression holds."""
        return self._wait(lambda: self.do(f"Boolean({script})"))

    def settle(self, act: Any) -> None:
        """Do something that makes the page show something else, and wait for that."""
        before = self.do("document.body.dataset.ready")
        act()
        self.until(f"document.body.dataset.ready !== {json.dumps(before)}")

    def click(self, query: str) -> None:
        """Click the middle of the first element that a selector finds, with the mouse."""
        x, y = self.do(
            f"(() => {{ const e = document.querySelector({json.dumps(query)}); e.scrollIntoView({{block: 'center'}});"
            " const r = e.getClientRects()[0]; return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press a key."""
        text = key if len(key) == 1 else ""
        about = {"key": key, "modifiers": 8 if shift else 0, "windowsVirtualKeyCode": 9 if key == "Tab" else 0}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **about)
        self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    def text(self, query: str) -> str:
        """What an element says."""
        return str(self.do(f"document.querySelector({json.dumps(query)}).innerText"))

    def find_serious(self) -> list[tuple[str, str]]:
        """What axe-core finds that keeps a reader out; `AXE_CORE` names its file (npm pack axe-core)."""
        self.call("Runtime.evaluate", expression=Path(os.environ["AXE_CORE"]).read_text(encoding="utf-8"))
        told = json.loads(self.do("axe.run().then((r) => JSON.stringify(r.violations))"))
        return [(v["id"], v["nodes"][0]["html"][:200]) for v in told if v["impact"] in ("serious", "critical")]
