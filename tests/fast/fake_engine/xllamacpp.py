"""Stands in for llama.cpp's binding: a "model" is a file that says what is to happen.

After ``GGUF`` comes JSON: ``load`` and ``end`` are "well", "fail", "die" or "hang"; ``lines`` are
sent as they are.
"""

import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

sys.stdout.write("noise of the import\n")
sys.stdout.flush()


class CommonParams(SimpleNamespace):
    def __init__(self) -> None:
        super().__init__(model=SimpleNamespace(path=""))


class Server:
    def __init__(self, values: Any) -> None:
        self.plan = json.loads(Path(values.model.path).read_text().removeprefix("GGUF"))
        os.write(1, b"noise of loading\n")
        happen(self.plan.get("load", "well"))
        http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Handler.plan, Handler.key = self.plan, values.api_keys[0]
        Thread(target=http.serve_forever, daemon=True).start()
        self.listening_address = f"http://127.0.0.1:{http.server_port}"


class Handler(BaseHTTPRequestHandler):
    plan: dict[str, Any]
    key: str

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()
        if self.headers["Authorization"] != f"Bearer {self.key}":
            self.say({"error": {"message": "Invalid API Key"}})
        elif self.path == "/tokenize":
            self.say({"tokens": request["content"].split()})
        elif self.path == "/apply-template":
            self.say({"prompt": ""})
        else:
            self.write()

    def write(self) -> None:
        for line in self.plan["lines"]:
            self.wfile.write(f"{line}\n\n".encode())
        happen(self.plan.get("end", "well"))

    def say(self, answer: dict[str, Any]) -> None:
        self.wfile.write(json.dumps(answer).encode())


def happen(what: str) -> None:
    if what == "fail":
        raise RuntimeError("failed to load model")
    if what == "die":
        os._exit(139)
    if what == "hang":
        time.sleep(60)
