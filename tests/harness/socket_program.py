"""What talks to a service over sockets, run by its own Python, which has the library."""

from typing import Final

MEMBERS: Final = """
import asyncio
import itertools
import json
import sys
import threading

import httpx2
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, WebSocketException

REPLICAS = sys.argv[1:]
MEMBERS = 8
ROOMS = ("one", "two")
BROKEN = (OSError, TimeoutError, WebSocketException, httpx2.HTTPError, KeyError)


class Client:
    '''Comes back whenever its socket ends, to the next replica, with its last id.'''

    def __init__(self, http, first):
        self.http = http
        self.places = itertools.count(first)
        self.sockets = 0
        self.codes = []
        self.last = ""
        self.socket = None

    async def live(self):
        while True:
            try:
                await self.connect(REPLICAS[next(self.places) % len(REPLICAS)])
            except ConnectionClosed as error:
                self.codes.append(error.rcvd.code if error.rcvd else 1006)
            except BROKEN:
                pass
            self.socket = None
            await asyncio.sleep(0.1)

    async def connect(self, replica):
        answer = await self.http.post(f"{replica}/api/v1/live/tickets")
        ticket = answer.json()["ticket"]
        rooms = "".join(f"&room={room}" for room in ROOMS)
        last = f"&last_id={self.last}" if self.last else ""
        address = f"{replica.replace('http', 'ws', 1)}/api/v1/live/ws?ticket={ticket}{rooms}{last}"
        async with connect(address, ping_interval=None, open_timeout=5) as socket:
            self.sockets += 1
            self.socket = socket
            async for text in socket:
                message = json.loads(text)
                self.last = message.get("id", self.last)
                self.take(message)
            self.codes.append(socket.close_code)


class Member(Client):
    '''Notes what is said.'''

    def __init__(self, http, first):
        super().__init__(http, first)
        self.heard = []
        self.resets = 0

    def take(self, message):
        if message["type"] == "said":
            self.heard.append((message["data"]["room"], int(message["data"]["text"])))
        self.resets += message["type"] == "reset"


class Speaker(Client):
    '''Says one number after the other, in one room after the other.'''

    def __init__(self, http, first):
        super().__init__(http, first)
        self.said = []
        self.done = asyncio.Event()

    def take(self, message):
        if message["type"] == "done" and message["ref"].isdigit():
            self.said.append(int(message["ref"]))
            self.done.set()

    async def speak(self):
        for number in itertools.count():
            await self.say(number)
            await asyncio.sleep(0.15)

    async def say(self, number):
        '''Wait for the answer, but not for ever: then it may have been said or not.'''
        self.done.clear()
        if self.socket is None:
            return
        message = {"type": "say", "room": ROOMS[number % 2], "text": str(number)}
        try:
            await self.socket.send(json.dumps({**message, "ref": str(number)}))
            await asyncio.wait_for(self.done.wait(), 5)
        except BROKEN:
            pass


async def main():
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    threading.Thread(
        target=lambda: (sys.stdin.readline(), loop.call_soon_threadsafe(asked.set)), daemon=True
    ).start()
    async with httpx2.AsyncClient(timeout=5) as http:
        members = [Member(http, first) for first in range(MEMBERS)]
        speaker = Speaker(http, 0)
        living = [asyncio.create_task(each.live()) for each in [*members, speaker]]
        while not all(each.last for each in members):
            await asyncio.sleep(0.1)
        speaking = asyncio.create_task(speaker.speak())
        while not asked.is_set():
            print(json.dumps(progress(members, speaker)), flush=True)
            await asyncio.sleep(0.2)
        last = len(speaker.said)
        while len(speaker.said) == last:
            await asyncio.sleep(0.1)
        speaking.cancel()
        final = speaker.said[-1]
        while not all((ROOMS[final % 2], final) in each.heard for each in members):
            await asyncio.sleep(0.1)
        print(json.dumps({**progress(members, speaker), "is_final": True}), flush=True)
        for task in living:
            task.cancel()


def progress(members, speaker):
    return {
        "said": speaker.said,
        "heard": [each.heard for each in members],
        "resets": sum(each.resets for each in members),
        "sockets": [each.sockets for each in members],
        "codes": [code for each in members for code in each.codes],
    }


asyncio.run(main())
"""
"""Members of two rooms, and one who speaks: told the replicas, prints how far they have come."""

RUDE: Final = """
import asyncio
import json
import socket
import struct
import sys

import httpx2
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

URL = sys.argv[1]
ADDRESS = URL.replace("http", "ws", 1) + "/api/v1/live/ws?room=one&room=two&ticket="
RESETS = 200


async def ticket(http):
    return (await http.post(f"{URL}/api/v1/live/tickets")).json()["ticket"]


async def end(http, *messages):
    async with connect(ADDRESS + await ticket(http), ping_interval=None, max_queue=None) as peer:
        try:
            for message in messages:
                await peer.send(message)
            async for _ in peer:
                pass
        except ConnectionClosed:
            pass
        return peer.close_code


async def reset(http):
    peer = await connect(ADDRESS + await ticket(http), ping_interval=None)
    plain = peer.transport.get_extra_info("socket")
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.transport.abort()


async def stay_silent(http):
    peer = await connect(ADDRESS + await ticket(http), ping_interval=None, max_queue=1)
    peer.transport.pause_reading()
    return peer


async def main():
    flood = [json.dumps({"type": "typing", "room": "one"})] * 500
    async with httpx2.AsyncClient(timeout=30) as http:
        silent = [await stay_silent(http) for _ in range(3)]
        print(json.dumps(await end(http, *flood)), flush=True)
        print(json.dumps(await end(http, "x" * 100_000)), flush=True)
        print(json.dumps(await end(http, *["garbage", b"garbage", "[" * 3000] * 50)), flush=True)
        for _ in range(RESETS // 10):
            await asyncio.gather(*(reset(http) for _ in range(10)))
        print(json.dumps(RESETS), flush=True)
        sys.stdin.readline()
        for peer in silent:
            peer.transport.abort()


asyncio.run(main())
"""
"""Clients that nobody wants: prints how each of them ended."""
