"""AnkiConnect, an add-on of Anki that programs on the same machine can ask: here, to show the import dialog.

Its action `importPackage` imports with settings of its own and answers only `true`; `guiImportFile` shows Anki's own
dialog, whose defaults keep all reviews.
"""

import json
from contextlib import suppress
from http.client import HTTPException
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, OpenerDirector, Request

from hitoe.messages import say
from hitoe.problems import RefusedError

ADDRESS = "http://127.0.0.1:8765"
VERSION = 6
"""Of AnkiConnect's interface; the only one since 2017."""
ADD_ON = 2055492159
"""Its number among Anki's add-ons."""
OK, FORBIDDEN = 200, 403
MOST_PARTS, MOST_BYTES = 20, 10**5
"""Parts in which an answer may come, and bytes of each: Anki's are short, another program's may never end."""
SETTINGS = say("its settings (Tools → Add-ons → AnkiConnect → Config)")


class AnkiConnect:
    """The add-on at an address of this machine.

    `key` is that of its settings, empty if these have none; `seconds` is how long an answer may take. All methods raise
    RefusedError, with what to do, when Anki does not do what it is asked.
    """

    def __init__(self, address: str = ADDRESS, key: str = "", seconds: float = 30) -> None:
        if not _is_local(address):
            raise RefusedError(
                "'{address}' is no address of this machine: AnkiConnect is asked at {usual} or the like",
                address=address,
                usual=ADDRESS,
            )
        self._address, self._key, self._seconds = address, key, seconds
        # Without the default handlers: nothing is sent through a proxy, or to where an answer redirects.
        self._opener = OpenerDirector()
        self._opener.add_handler(HTTPHandler())

    def check(self) -> None:
        """Ask whether Anki is there, allows requests, takes the key, and knows the interface."""
        answer = self._asked("requestPermission")
        allowed = answer if isinstance(answer, dict) else {}
        if allowed.get("permission") != "granted":
            raise RefusedError(
                "Anki does not allow requests: press Yes when it asks, or look at {settings}", settings=SETTINGS
            )
        # The documentation and the code spell its name otherwise.
        if not self._key and any(value for name, value in allowed.items() if name.lower() == "requireapikey"):
            raise RefusedError(
                "AnkiConnect asks for a key: give the `apiKey` of {settings} with --api-key", settings=SETTINGS
            )
        if not isinstance(version := self._asked("version"), int) or version < VERSION:
            raise RefusedError(_outdated())

    def show_import(self, package: Path) -> None:
        """Show Anki's import dialog for a package; whether its user then imports it is not told."""
        self._asked("guiImportFile", path=package.resolve().as_posix())

    def _asked(self, action: str, **parameters: str) -> Any:
        """Return the result of an action."""
        request = {"action": action, "version": VERSION, "params": parameters}
        answer = self._sent(json.dumps(request | ({"key": self._key} if self._key else {})).encode())
        if not isinstance(answer, dict) or not {"result", "error"} <= answer.keys():
            raise RefusedError(self._stranger())
        if (error := answer["error"]) is None:
            return answer["result"]
        if error == "valid api key must be provided":
            raise RefusedError(
                "AnkiConnect does not take this key: give the `apiKey` of {settings} with --api-key",
                settings=SETTINGS,
            )
        if error == "unsupported action":
            raise RefusedError(_outdated())
        raise RefusedError("Anki says: {error}", error=error)

    def _sent(self, body: bytes) -> Any:
        request = Request(self._address, body, {"Content-Type": "application/json"})
        try:
            with self._opener.open(request, timeout=self._seconds) as response:
                status = response.status
                text = b"".join(response.read1(MOST_BYTES) for _ in range(MOST_PARTS))
        except TimeoutError:
            raise RefusedError(
                "Anki does not answer: close what it shows in front of its window, and try again"
            ) from None
        except OSError as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise RefusedError("Anki does not answer: look whether it has stopped, and try again") from None
            raise RefusedError(
                "no Anki with AnkiConnect answers at {address}: start Anki; the add-on is installed once "
                "(Tools → Add-ons → Get Add-ons, {add_on}). Without it: hitoe open",
                address=self._address,
                add_on=ADD_ON,
            ) from None
        except HTTPException:
            raise RefusedError(self._stranger()) from None
        if status == FORBIDDEN:
            raise RefusedError(
                'AnkiConnect forbids requests: "http://localhost" is missing in webCorsOriginList of {settings}',
                settings=SETTINGS,
            )
        with suppress(ValueError, RecursionError):
            return json.loads(text) if status == OK else None
        return None

    def _stranger(self) -> str:
        return say("what answers at {address} is not AnkiConnect: name its address with --url", address=self._address)


def _is_local(address: str) -> bool:
    """Whether an address is one of this machine; elsewhere the package's path would mean nothing."""
    with suppress(ValueError):
        parts = urlsplit(address)
        host = parts.hostname or ""
        plain = parts.scheme == "http" and parts.path in ("", "/") and not (parts.username or parts.query)
        return plain and (parts.port or True) and (host == "localhost" or ip_address(host).is_loopback)
    return False


def _outdated() -> str:
    return say(
        "this AnkiConnect is too old: update it (Tools → Add-ons → Check for Updates), its number is {add_on}",
        add_on=ADD_ON,
    )
