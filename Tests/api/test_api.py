"""Holds docs/openapi.yaml against a running server with Schemathesis, for a bounded time."""

import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "console"))

from nod_server import NodServer  # noqa: E402

# Requests for each operation in the phase of random ones.
EXAMPLES = 25
# On a quiet machine it takes two minutes.
SECONDS = 600


def main():
    server = NodServer(os.environ["NOD"])
    try:
        server.apply(HERE.parent / "console" / "advertisers.yaml")
        server.apply(HERE.parents[1] / "examples" / "quickstart" / "acme.yaml")
        code = subprocess.run(
            [
                os.environ["SCHEMATHESIS"], "--config-file", str(HERE / "schemathesis.toml"),
                "run", f"{server.url}/openapi.yaml", "--url", server.url,
                "--header", f"Authorization: Bearer {server.token}",
                "--max-examples", str(EXAMPLES), *sys.argv[1:],
            ],
            env={**os.environ, "SCHEMATHESIS_HOOKS": str(HERE / "addresses.py")},
            cwd=server.folder, timeout=SECONDS, check=False).returncode
    except subprocess.TimeoutExpired:
        print(f"Schemathesis did not end within {SECONDS} s")
        code = 1
    finally:
        status, log = server.stop()
    crashes = [line for line in log.splitlines() if "request failed" in line]
    for line in crashes[:20]:
        print(line)
    if status != 0:
        print(f"nod ended with {status}:\n{log[-4000:]}")
    return 1 if code or status or crashes else 0


if __name__ == "__main__":
    sys.exit(main())
