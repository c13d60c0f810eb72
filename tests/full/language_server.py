"""A language server as an editor's program starts it: over standard input and output, asked one thing after another."""

import json
import subprocess
from pathlib import Path
from typing import Any

ABLE = {
    "textDocument": {
        "completion": {
            "completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}
        },
        "hover": {"contentFormat": ["markdown"]},
    },
    "workspace": {"configuration": True, "workspaceFolders": True},
}
"""What a program tells a server that it can show."""


class LanguageServer:
    """A running server that has one folder open."""

    def __init__(self, command: list[str], folder: Path, settings: dict[str, Any]) -> None:
        self._settings = settings
        self.folder = folder
        self._number = 0
        self._said: dict[str, list[Any]] = {}
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        root = {"uri": folder.as_uri(), "name": folder.name}
        self._ask(
            "initialize",
            {"processId": None, "rootUri": root["uri"], "workspaceFolders": [root], "capabilities": ABLE},
        )
        self._tell("initialized", {})

    def close(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.communicate()

    def opened(self, path: str, text: str) -> list[str]:
        """What is marked in a file, as messages."""
        document = {"uri": self._uri(path), "languageId": "yaml", "version": 1, "text": text}
        self._said.pop(document["uri"], None)
        self._tell("textDocument/didOpen", {"textDocument": document})
        while document["uri"] not in self._said:
            self._answer(self._received())
        return [marked["message"] for marked in self._said[document["uri"]]]

    def completions(self, path: str, line: int, column: int) -> dict[str, str]:
        """What may be written at a place (counted from nought), each with its explanation."""
        found = self._ask("textDocument/completion", self._place(path, line, column))
        items = found["items"] if isinstance(found, dict) else found
        return {item["label"]: _text(item.get("documentation")) for item in items}

    def hover(self, path: str, line: int, column: int) -> str:
        """What is shown when the pointer rests at a place."""
        found = self._ask("textDocument/hover", self._place(path, line, column))
        return _text(found["contents"]) if found else ""

    def _uri(self, path: str) -> str:
        return (self.folder / path).as_uri()

    def _place(self, path: str, line: int, column: int) -> dict[str, Any]:
        return {"textDocument": {"uri": self._uri(path)}, "position": {"line": line, "character": column}}

    def _ask(self, method: str, asked: Any) -> Any:
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": asked})
        while True:
            message = self._received()
            if message.get("id") == number and "method" not in message:
                return message["result"]
            self._answer(message)

    def _tell(self, method: str, told: Any) -> None:
        self._send({"method": method, "params": told})

    def _answer(self, message: Any) -> None:
        """Answers what the server asks of the program, and keeps what it says of files."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self._said[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            items = message["params"]["items"] if message["method"] == "workspace/configuration" else None
            result = items and [self._settings.get(item.get("section", "")) for item in items]
            self._send({"id": message["id"], "result": result})

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self._process.stdin.flush()

    def _received(self) -> Any:
        assert self._process.stdout
        size = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            size = int(value) if name.lower() == b"content-length" else size
        assert size, "the server has ended"
        return json.loads(self._process.stdout.read(size))


def _text(shown: Any) -> str:
    return str(shown["value"] if isinstance(shown, dict) else shown or "")
