#!/usr/bin/env python3
"""Writes the quickstart's audience files, bid requests and expectations.

`make run` and `make test` never call this: what it writes is committed. Run it after a change of
acme.yaml or of the requests, with Python 3.9 or newer and nothing else:

    examples/quickstart/generate.py            writes the files
    examples/quickstart/generate.py --check    says whether they are what it would write

The seed is fixed, so the same script writes the same contents. (Bytes of the .gz file may differ
between versions of zlib; the check compares what is in it.)
"""

import gzip
import json
import sys
from pathlib import Path

sys.dont_write_bytecode = True

from generator import requests, users  # noqa: E402

HERE = Path(__file__).resolve().parent


def ndjson(values):
    return "".join(json.dumps(value, separators=(",", ":")) + "\n" for value in values).encode()


def expected_json(cases):
    lines = ",\n".join("  " + json.dumps(case) for case in cases)
    return f"[\n{lines}\n]\n".encode()


def main():
    population = users.Population()
    cases = requests.build(population)
    files = {f"audience/{name}": data for name, data in population.files().items()}
    files["requests.ndjson"] = ndjson(case.line() for case in cases)
    files["expected.json"] = expected_json([case.expected() for case in cases])
    if "--check" in sys.argv[1:]:
        return check(files)
    for name, data in files.items():
        path = HERE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    print(requests.summary(cases, population))
    return 0


def check(files):
    def content(name, data):
        return gzip.decompress(data) if name.endswith(".gz") else data

    def is_same(name, data):
        path = HERE / name
        return path.exists() and content(name, path.read_bytes()) == content(name, data)

    # A manifest holds the digest of the compressed bytes, which zlib's version may change.
    differing = [
        name for name, data in files.items()
        if name != f"audience/aam/{users.ITER}.info" and not is_same(name, data)
    ]
    for name in differing:
        print(f"differs: {name}", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
