"""A real Chromium that notes everything a page complains about."""

import pathlib
import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

# The machine may be busy with builds.
expect.set_options(timeout=60_000)


class Browser:
    """The browser of all journeys, and where their screenshots go."""

    def __init__(self, executable, shots):
        self.shots = pathlib.Path(shots)
        self.shots.mkdir(parents=True, exist_ok=True)
        self.driver = sync_playwright().start()
        self.chromium = self.driver.chromium.launch(
            executable_path=executable, args=["--no-sandbox"])

    def close(self):
        self.chromium.close()
        self.driver.stop()


class Visitor:
    """One person: a page with cookies of its own."""

    # Answers that the journeys provoke; browsers write each failed request to the console.
    EXPECTED = re.compile(r"status of (400|401|403|404|409|412|413|422)\b")

    def __init__(self, browser, url, is_on_phone=False):
        self.browser = browser
        self.url = url
        self.complaints = []
        size = {"width": 390, "height": 844} if is_on_phone else {"width": 1280, "height": 900}
        self.context = browser.chromium.new_context(
            viewport=size, locale="en-GB", has_touch=is_on_phone, accept_downloads=True,
            color_scheme="dark" if is_on_phone else "light")
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._note_request)

    def _note(self, message):
        if message.type in ("error", "warning") and not self.EXPECTED.search(message.text):
            self.complaints.append(message.text)

    def _note_request(self, request):
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.complaints.append(f"a request to {request.url}")

    def open(self, place=""):
        self.page.goto(f"{self.url}/{place}")

    def sign_in(self, key):
        self.open()
        self.page.get_by_label("Key", exact=True).fill(key)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("button", name="Sign out")).to_be_visible()

    def shot(self, name):
        self.page.screenshot(path=self.browser.shots / f"{name}.png", full_page=True)

    def accessibility_faults(self):
        """What axe finds against WCAG 2 A and AA, a line each."""
        results = Axe().run(self.page, options={
            "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
        return [
            f"{violation['id']}: {node['html'][:200]}"
            for violation in results.response["violations"] for node in violation["nodes"]]

    def close(self):
        self.context.close()
