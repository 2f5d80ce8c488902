"""A server of its own in a temporary folder, on free ports."""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

# Starting includes opening the journal and the index, on a machine that may be busy.
PATIENCE_SECONDS = 60

CONFIGURATION = """
data_dir: {folder}/data
documents: []
bidder:
  listen: 127.0.0.1:{bidder}
  workers: 1
  public_url: http://127.0.0.1:{bidder}
  notice_key_file: {folder}/notice.key
control:
  listen: 127.0.0.1:{control}
  token_file: {folder}/control.token
audience:
  inbox: {folder}/inbox
  poll_interval: 200ms
  sources:
    - {{name: aam, format: adobe-outbound, id_space: nod, segment_prefix: "aam:", ttl: 120d,
       full_replaces: users, manifest: optional}}
    - {{name: optout, format: suppression}}
exchanges:
  - {{name: example, seat: nod, id_space: example, test_header: true}}
  - {{name: metro, seat: nod, id_space: metro, test_header: true}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class NodServer:
    """Starts `nod serve`, and ends it with what it wrote."""

    def __init__(self, nod):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="nod-outside-"))
        self.bidder = free_port()
        self.control = free_port()
        configuration = self.folder / "nod.yaml"
        configuration.write_text(
            CONFIGURATION.format(folder=self.folder, bidder=self.bidder, control=self.control))
        self.log = self.folder / "nod.log"
        environment = {k: v for k, v in os.environ.items() if not k.startswith("NOD_")}
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [nod, "serve", "--config", str(configuration)],
                cwd=self.folder, env=environment, stdout=log, stderr=log)
        try:
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise
        self.token = (self.folder / "control.token").read_text().strip()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.control}"

    def ask(self, method, path, body=None, key=None, content_type="application/json"):
        """The status and the value of an answer of the control plane."""
        data = body
        if body is not None and not isinstance(body, (bytes, str)):
            data = json.dumps(body)
        if isinstance(data, str):
            data = data.encode()
        request = urllib.request.Request(self.url + path, data=data, method=method)
        request.add_header("Authorization", f"Bearer {key or self.token}")
        if data is not None:
            request.add_header("Content-Type", content_type)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        try:
            return status, json.loads(text)
        except ValueError:
            return status, text.decode(errors="replace")

    def apply(self, path):
        """Applies a file of documents, all of which must be accepted."""
        status, answer = self.ask(
            "POST", "/v1/apply", pathlib.Path(path).read_text(), content_type="application/yaml")
        if status != 200:
            raise RuntimeError(f"{path}: {status} {answer}")

    def stop(self):
        """Ends the server; its exit code is 0 where it stopped as asked."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        log = self.log.read_text(errors="replace")
        shutil.rmtree(self.folder, ignore_errors=True)
        return self.process.returncode, log

    def _wait_until_ready(self):
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"nod ended: {self.log.read_text()}")
            try:
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{self.bidder}/readyz", timeout=5
                ) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                pass
            time.sleep(0.1)
        raise RuntimeError(f"nod is not ready: {self.log.read_text()}")
