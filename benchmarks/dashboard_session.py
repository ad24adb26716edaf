"""One session of the served dashboard without a browser: speaks Streamlit's protocol and times what it asks for.

Used by `benchmarks/dashboard.py`. A click is timed from sending it until the server says that
the script has finished and all of the page was sent. Drawing it is the browser's part, and is
measured with one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

_MOST_BYTES = 256 * 2**20
_RUN_AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class Session:
    """A reader: where they are, what they could click, and the connection."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._query = ""
        self._page = ""
        self._pages: dict[str, str] = {}
        self._widgets: dict[str, tuple[str, Any]] = {}
        self._fragment_of: dict[str, str] = {}
        self.n_bytes = 0
        """What the last answer weighed."""
        self.said = ""
        """The headline of the last page that had one."""

    async def open(self, page: str, parameters: Mapping[str, str]) -> float:
        """Open a link as a colleague who was sent it; milliseconds until all of the page was sent."""
        self._query = urlencode(parameters)
        return await self._ask(ClientState(page_name=page))

    async def go(self, page: str) -> float:
        """Click a page in the navigation, which opens it without parameters."""
        self._query, self._page = "", self._pages[page]
        return await self._ask(ClientState())

    async def choose(self, key: str, pick: Callable[[list[str]], str]) -> float:
        """Choose another option of the select box of that key."""
        name, box = self._widgets[key]
        state = ClientState()
        state.widget_states.widgets.add(id=name, string_value=pick(list(box.options)))
        return await self._ask(state, key)

    async def switch(self, key: str, value: str) -> float:
        """Choose one of several buttons side by side, by its label."""
        state = ClientState()
        state.widget_states.widgets.add(id=self._widgets[key][0]).string_array_value.data.append(value)
        return await self._ask(state, key)

    def has(self, key: str) -> bool:
        """Whether the page has a widget of that key."""
        return key in self._widgets

    async def _ask(self, state: ClientState, key: str | None = None) -> float:
        state.query_string, state.page_script_hash = self._query, self._page
        state.fragment_id = self._fragment_of.get(key or "", "")
        state.context_info.timezone, state.context_info.color_scheme = "UTC", "light"
        if not state.fragment_id:
            self._widgets, self._fragment_of = {}, {}
        self.n_bytes = 0
        begin = time.perf_counter()
        await self._connection.send(BackMsg(rerun_script=state).SerializeToString())
        while True:
            content = await self._connection.recv()
            assert isinstance(content, bytes)
            self.n_bytes += len(content)
            message = ForwardMsg.FromString(content)
            kind = message.WhichOneof("type")
            if kind == "script_finished" and message.script_finished != _RUN_AGAIN:
                return 1000 * (time.perf_counter() - begin)
            self._take(kind, message)

    def _take(self, kind: str | None, message: ForwardMsg) -> None:
        """Remember what a message says of the address, the pages and what can be clicked."""
        if kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
            self._pages = {one.url_pathname: one.page_script_hash for one in message.navigation.app_pages}
        elif kind == "delta" and message.delta.WhichOneof("type") in ("new_element", "add_block"):
            self._take_part(message.delta)

    def _take_part(self, delta: Any) -> None:
        drawn = getattr(delta, delta.WhichOneof("type"))
        kind = drawn.WhichOneof("type")
        part = getattr(drawn, kind) if kind else None
        if kind == "exception":
            raise SystemExit(f"A page failed: {part.message}")
        if kind == "heading" and part.tag == "h1":
            self.said = part.body
        name = getattr(part, "id", "")
        # $$ID-<hash>-<the key given in the page>
        if name.startswith("$$ID-"):
            key = name.split("-", 2)[2]
            self._widgets[key] = (name, part)
            if delta.fragment_id:
                self._fragment_of[key] = delta.fragment_id


def session_at(address: str) -> connect:
    """A connection to a served dashboard, for `async with`."""
    return connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=["streamlit"],
        max_size=_MOST_BYTES,  # type: ignore[list-item]
    )
