"""Stands between a client and the server, and prints a line for each call."""

import http.client
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TICKET = re.compile(r"/api/downloads/[\w-]+/")


class Recorder:
    """A server of its own, on a free port, that hands everything on."""

    def __init__(self, port: int) -> None:
        self.calls: list[tuple[str, int]] = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_call(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length) if length else None
                upstream = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                upstream.request(self.command, self.path, body=body, headers=dict(self.headers))
                answer = upstream.getresponse()
                bytes_ = answer.read()
                recorder.note(self.command, self.path, answer.status)
                self.send_response(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in _HOP_BY_HOP:
                        self.send_header(name, value)
                if answer.status != 204:
                    self.send_header("Content-Length", str(len(bytes_)))
                self.end_headers()
                self.wfile.write(bytes_)

            do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = handle_call

            def log_message(self, *_: object) -> None:
                """Only `note` prints."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def note(self, method: str, address: str, status: int) -> None:
        path, _, query = address.partition("?")
        path = _TICKET.sub("/api/downloads/{ticket}/", _ID.sub("{id}", path))
        path = re.sub(r"(/mlflow-artifacts/artifacts/).*", r"\1…", path)
        call = f"{method} {path}" + (f"?{query}" if query.startswith("submit") else "")
        self.calls.append((call, status))
        print(f"    {status} {call}", flush=True)

    def stop(self) -> None:
        self._server.shutdown()
