"""Opens a report of nod-load in a browser that has no network."""

import http.server
import json
import os
import subprocess
import tempfile
import threading
import time
import unittest
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]


class Bidder(http.server.BaseHTTPRequestHandler):
    """Bids for two of three requests, and sleeps in one of fifty."""

    protocol_version = "HTTP/1.1"
    count = 0

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        Bidder.count += 1
        number = Bidder.count
        if number % 50 == 0:
            time.sleep(0.2)
        if number % 97 == 0:
            self.answer(503, b"")
        elif number % 3 == 0:
            self.answer(204, b"")
        else:
            self.answer(200, json.dumps({"id": "1", "seatbid": [{"bid": [{"id": "1"}]}]}).encode())

    def answer(self, status, body):
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class ReportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.shots = Path(os.environ["SHOTS"])
        cls.shots.mkdir(parents=True, exist_ok=True)
        cls.folder = tempfile.TemporaryDirectory()
        cls.page_path = Path(cls.folder.name) / "report.html"
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bidder)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cls.ended = subprocess.run(
            [os.environ["NOD_LOAD"], f"http://127.0.0.1:{server.server_port}/openrtb2/example",
             "--corpus", str(ROOT / "Benchmarks/bodies/banner.json"), "--ramp", "50..200",
             "--duration", "5s", "--warm-up", "1s", "--connections", "8", "--target-pid",
             str(os.getpid()), "--max-p99", "1ms", "--label", "Test <&> report", "--quiet",
             "--html", str(cls.page_path)],
            capture_output=True, text=True, timeout=120)
        server.shutdown()
        server.server_close()
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()
        cls.folder.cleanup()

    def opened(self, **options):
        context = self.browser.new_context(offline=True, **options)
        self.addCleanup(context.close)
        page = context.new_page()
        self.problems, self.requests = [], []
        page.on("console", lambda message: self.problems.append(message.text))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(self.page_path.as_uri())
        return page

    def test_a_broken_threshold_is_exit_code_1(self):
        self.assertEqual(self.ended.returncode, 1, self.ended.stderr)
        self.assertIn("the p99 latency is", self.ended.stderr)

    def test_opens_without_a_network_and_says_what_was_measured(self):
        page = self.opened(viewport={"width": 1000, "height": 900})
        self.assertEqual(self.problems, [])
        self.assertEqual(self.requests, [self.page_path.as_uri()])
        self.assertEqual(page.title(), "Test <&> report")
        self.assertIn("the p99 latency is", page.locator(".verdict").inner_text())
        titles = page.locator("h2").all_inner_texts()
        self.assertEqual(titles, [
            "Latency by percentile and outcome", "Latency over time", "Rate over time",
            "Outcomes over time", "Processors of the target", "Run"])
        page.screenshot(path=self.shots / "report.png", full_page=True)

    def test_every_plot_draws_inside_of_its_frame(self):
        page = self.opened(viewport={"width": 1000, "height": 900})
        for plot in page.locator("svg").all():
            frame = plot.bounding_box()
            shapes = plot.locator("polyline, text, circle").all()
            self.assertGreater(len(shapes), 8)
            for shape in shapes:
                box = shape.bounding_box()
                self.assertGreaterEqual(box["x"], frame["x"] - 1)
                self.assertLessEqual(box["x"] + box["width"], frame["x"] + frame["width"] + 1)
                self.assertGreaterEqual(box["y"], frame["y"] - 1)
                self.assertLessEqual(box["y"] + box["height"], frame["y"] + frame["height"] + 1)

    def test_fits_a_phone_and_the_dark(self):
        page = self.opened(viewport={"width": 390, "height": 800}, color_scheme="dark")
        width = page.evaluate("document.documentElement.scrollWidth")
        page.screenshot(path=self.shots / "report-phone-dark.png", full_page=True)
        self.assertLessEqual(width, 390)


if __name__ == "__main__":
    unittest.main()
