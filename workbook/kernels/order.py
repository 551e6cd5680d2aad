"""What is asked of the warm parent, and how it travels: one order a kernel, with the channel that it is answered on."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

HEADER = struct.Struct("!I")
READY_LINE = b"ready %d\n"
"""A kernel says its process number once it can be talked to."""

ENDED_LINE = b"ended %d\n"
"""The parent says how a kernel ended: its exit status, or minus the signal."""


@dataclass(frozen=True)
class Order:
    """A kernel to be forked.

    Attributes
    ----------
    arguments : sequence of str
        What ``ipykernel_launcher`` would be given: the connection file, and options.
    cwd : str
        Working directory.
    env : mapping of str to str
        The whole environment; nothing else is inherited.
    stderr : str
        File that takes what the kernel's process itself prints, such as the words of a crash; empty: as the parent's.
    memory_limit : int
        Bytes of data that the kernel may hold; 0: no limit.
    """

    arguments: Sequence[str]
    cwd: str
    env: Mapping[str, str] = field(default_factory=dict)
    stderr: str = ""
    memory_limit: int = 0


def send_order(control: socket.socket, order: Order, *, channel: socket.socket) -> None:
    """Send an order, with one end of the channel on which its kernel is spoken about."""
    body = json.dumps(asdict(order)).encode()
    socket.send_fds(control, [HEADER.pack(len(body))], [channel.fileno()])
    control.sendall(body)


def send_last(control: socket.socket) -> None:
    """Say that no order will follow: the parent ends with the last of its kernels."""
    control.sendall(HEADER.pack(0))


class OrdersEnd(Exception):  # noqa: N818 - an end is no error
    """No order will follow."""


def receive_order(control: socket.socket) -> tuple[Order, socket.socket]:
    """Receive the next order and its channel.

    Raises
    ------
    OrdersEnd
        The last order has been given.
    ConnectionError
        Who gave orders is gone.
    """
    header, descriptors, _, _ = socket.recv_fds(control, HEADER.size, 1)
    if not header:
        raise ConnectionResetError
    (length,) = HEADER.unpack(header)
    if not length:
        raise OrdersEnd
    body = b""
    while len(body) < length:
        part = control.recv(length - len(body))
        if not part:
            raise ConnectionResetError
        body += part
    return Order(**json.loads(body)), socket.socket(fileno=descriptors[0])
