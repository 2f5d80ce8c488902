"""What people do with the console, in a real browser against a real server."""

import json
import os
import pathlib
import re
import time
import unittest

from browser import Browser, Visitor, expect
from exchange import Exchange, Traffic
from nod_server import NodServer

HERE = pathlib.Path(__file__).parent
USERS = 20_000


def setUpModule():
    global server, browser
    server = NodServer(os.environ["NOD"])
    unittest.addModuleCleanup(stop_server)
    server.apply(HERE / "advertisers.yaml")
    browser = Browser(os.environ["CHROMIUM"], os.environ["SHOTS"])
    unittest.addModuleCleanup(browser.close)


def stop_server():
    status, log = server.stop()
    if status != 0:
        raise RuntimeError(f"nod ended with {status}:\n{log[-4000:]}")


# For what takes the server some seconds when the machine is quiet.
PATIENCE = 120


def wait_for(condition, seconds=PATIENCE):
    """What a condition gives once it holds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"still not after {seconds} s: {condition.__name__}")


def stamp():
    """A time for the name of a file, later than all before it."""
    return f"{time.time_ns() // 1_000_000:013d}"


class Journey(unittest.TestCase):
    """A visitor for each test, who must never have met an error of the page itself."""

    is_on_phone = False

    def setUp(self):
        self.visitor = Visitor(browser, server.url, self.is_on_phone)
        self.page = self.visitor.page
        self.addCleanup(self.visitor.close)

    def tearDown(self):
        if not self._outcome.success:
            self.visitor.shot(f"failed-{self._testMethodName}")
        self.assertEqual(self.visitor.complaints, [])

    def enter(self, place=""):
        self.visitor.sign_in(server.token)
        if place:
            self.visitor.open(place)

    def heading(self, name):
        return self.page.get_by_role("heading", level=1, name=name)

    def assert_accessible(self):
        self.assertEqual(self.visitor.accessibility_faults(), [])


class SigningIn(Journey):
    def test_refuses_a_wrong_key_at_its_field(self):
        self.visitor.open()
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.locator(".fault")).to_have_text("Enter a key.")
        self.page.get_by_label("Key", exact=True).fill("nod_wrong")
        self.page.get_by_label("Key", exact=True).press("Enter")
        expect(self.page.locator(".fault")).to_have_text("This key does not work here.")
        expect(self.page.get_by_label("Key", exact=True)).to_be_focused()
        self.visitor.shot("sign-in-wrong-key")
        self.assert_accessible()

    def test_lasts_until_signing_out(self):
        self.enter()
        expect(self.heading("Campaigns of Acme Outdoor")).to_be_visible()
        self.page.reload()
        expect(self.heading("Campaigns of Acme Outdoor")).to_be_visible()
        self.page.get_by_role("button", name="Sign out").click()
        expect(self.page.get_by_label("Key", exact=True)).to_be_focused()
        self.page.reload()
        expect(self.page.get_by_label("Key", exact=True)).to_be_visible()

    def test_goes_on_with_the_keyboard_alone(self):
        self.visitor.open()
        self.page.get_by_label("Key", exact=True).fill(server.token)
        self.page.keyboard.press("Enter")
        expect(self.heading("Campaigns of Acme Outdoor")).to_be_focused()
        self.page.keyboard.press("Tab")
        expect(self.page.get_by_role("link", name="New campaign")).to_be_focused()


class Uploading(Journey):
    def upload(self, name, content):
        self.send(name, content)
        expect(self.heading(name)).to_be_visible()

    def send(self, name, content):
        self.page.get_by_label("Source", exact=True).select_option("aam")
        self.page.get_by_label("File", exact=True).set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": content})
        self.page.get_by_role("button", name="Upload").click()

    def test_a_file_becomes_a_segment_a_campaign_and_spend(self):
        self.enter("#/uploads")
        lines = "".join(f"{7_000_000_000 + number} 777\n" for number in range(USERS))
        self.upload(f"ftp_1_2_acme_iter_{stamp()}.sync", lines.encode())
        expect(self.page.locator(".badge", has_text="taken in")).to_be_visible()
        self.assertIn(f"{USERS:,} lines stored", self.page.locator(".notice").inner_text())
        self.visitor.shot("upload-taken-in")
        self.assert_accessible()
        self.see_segment()
        self.make_campaign()
        self.see_spend()

    def see_segment(self):
        self.page.get_by_role("link", name="See the segments").click()
        self.page.get_by_label("Begins with", exact=True).fill("aam:777")
        row = self.page.get_by_role("row", name="aam:777")
        expect(row).to_contain_text(f"{USERS:,}")
        self.visitor.shot("segments")
        self.assert_accessible()

    def make_campaign(self):
        self.page.get_by_role("link", name="Campaigns", exact=True).click()
        self.page.get_by_role("link", name="New campaign").click()
        self.page.get_by_role("button", name="Load what is in force").click()
        text = self.page.get_by_label("Document (YAML or JSON)", exact=True)
        expect(text).to_have_value(re.compile("acme-spring"))
        document = json.loads(text.input_value())
        document["advertisers"][0]["campaigns"].append({
            "id": "acme-uploaded",
            "budget": {"daily_micros": 5_000_000},
            "line_items": [{
                "id": "uploaded-users",
                "bid": {"model": "cpm", "amount_micros": 4_000_000},
                "pacing": "asap",
                "creatives": ["acme-728x90"],
                "targeting": {"audience": {"any": ["aam:777"]}},
            }],
        })
        text.fill(json.dumps(document))
        self.page.get_by_role("button", name="Check").click()
        expect(self.page.get_by_role("heading", name="Valid.")).to_be_visible()
        expect(self.page.locator(".changes")).to_contain_text("acme/acme-uploaded")
        self.page.get_by_role("button", name="Apply").click()
        expect(self.page.get_by_role("heading", name="Applied, and in force.")).to_be_visible()
        self.visitor.shot("documents-applied")

    def see_spend(self):
        with Traffic(server.bidder, 728, 90, user="7000000007") as traffic:
            wait_for(lambda: traffic.bids > 5 or traffic.failure)
            self.visitor.open("#/advertisers/acme/campaigns/acme-uploaded")
            picture = self.page.get_by_role("img", name=re.compile("Spend by the hour"))
            expect(picture).to_have_attribute(
                "aria-label", re.compile(r": 0\.0*[1-9][0-9]* USD"), timeout=PATIENCE * 1000)
        self.assertGreaterEqual(self.page.locator(".plot .line").count(), 2)
        expect(self.page.locator(".legend")).to_contain_text("dashed")
        self.visitor.shot("campaign-with-spend")
        self.assert_accessible()

    def test_a_page_in_place_of_a_file_is_refused_in_plain_words(self):
        self.enter("#/uploads")
        self.upload(f"ftp_1_2_acme_iter_{stamp()}.sync", b"<!doctype html><p>Log in\n" * 300)
        expect(self.page.locator(".badge", has_text="refused")).to_be_visible()
        problem = self.page.locator(".problem")
        expect(problem).to_contain_text("nothing of this file is in use")
        expect(problem).to_contain_text("Not one line of it could be read")
        expect(self.page.get_by_role("row", name="Line 1", exact=False).first).to_contain_text(
            "does not follow the format")
        self.visitor.shot("upload-refused")
        self.assert_accessible()

    def test_lines_with_errors_are_named_while_the_others_are_taken_in(self):
        self.enter("#/uploads")
        good = [f"{7_100_000_000 + number} 778" for number in range(60)]
        bad = [f"who-{number};778" for number in range(30)]
        self.upload(f"ftp_1_2_acme_iter_{stamp()}.sync", "\n".join(good + bad + [""]).encode())
        expect(self.page.locator(".badge", has_text="taken in")).to_be_visible()
        expect(self.page.locator(".notice")).to_contain_text("60 lines stored")
        rows = self.page.locator("tbody tr:visible")
        expect(rows).to_have_count(20)
        expect(rows.first).to_contain_text("who-0;778")
        self.visitor.shot("upload-line-errors")
        self.page.get_by_text("10 more lines with errors").click()
        expect(rows).to_have_count(30)
        expect(rows.last).to_contain_text("who-29;778")
        self.assert_accessible()

    def test_a_name_of_another_format_is_explained(self):
        self.enter("#/uploads")
        self.send("holiday.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" * 10)
        expect(self.page.locator(".problem")).to_contain_text("file name does not match")
        self.visitor.shot("upload-wrong-name")

    def test_asks_for_a_file(self):
        self.enter("#/uploads")
        self.page.get_by_role("button", name="Upload").click()
        expect(self.page.locator(".fault:visible")).to_have_text("Choose a file.")


class Budgets(Journey):
    PLACE = "#/advertisers/acme/campaigns/acme-spring"

    def save(self, amount):
        self.page.get_by_label("Daily budget (USD)", exact=True).fill(amount)
        self.page.get_by_role("button", name="Save").click()

    def test_an_edit_is_in_force_and_bids_stop(self):
        self.enter(self.PLACE)
        exchange = Exchange(server.bidder)
        self.addCleanup(exchange.close)
        wait_for(lambda: exchange.ask(300, 250)[0])
        self.save("0")
        expect(self.page.locator(".outcome")).to_contain_text("In force: 0.00 USD a day")
        self.assertEqual(exchange.ask(300, 250)[0], [])
        self.visitor.shot("budget-in-force")
        self.save("50,00")
        expect(self.page.locator(".outcome")).to_contain_text("In force: 50.00 USD a day")
        wait_for(lambda: exchange.ask(300, 250)[0])

    def test_what_is_no_amount_is_said_at_its_field(self):
        self.enter(self.PLACE)
        self.save("lots")
        expect(self.page.locator(".fault:visible")).to_contain_text("Enter an amount such as")
        expect(self.page.get_by_label("Daily budget (USD)", exact=True)).to_be_focused()
        self.save("9999999999")
        expect(self.page.locator(".fault:visible")).to_be_visible()
        self.visitor.shot("budget-refused")
        self.assert_accessible()

    def test_somebody_elses_change_is_not_overwritten(self):
        self.enter(self.PLACE)
        expect(self.page.get_by_label("Daily budget (USD)", exact=True)).to_be_visible()
        path = "/v1/advertisers/acme/campaigns/acme-spring"
        status, _ = server.ask("PATCH", path, {"budget": {"total_micros": 400_000_000}})
        self.assertEqual(status, 200)
        self.save("40")
        expect(self.page.locator(".problem")).to_contain_text("Someone has changed this")

    def test_history_tells_who_changed_what_and_restores(self):
        path = "/v1/advertisers/acme/campaigns/acme-autumn"
        status, before = server.ask("GET", path)
        self.assertEqual(status, 200)
        server.ask("PATCH", path, {"budget": {"daily_micros": 21_000_000}})
        self.enter("#/advertisers/acme/campaigns/acme-autumn/history")
        newest = self.page.locator(".history li.card").first
        expect(newest).to_contain_text("/budget/daily_micros: 20000000 → 21000000")
        button = f"Restore version {before['version']}"
        self.page.get_by_role("button", name=button).click()
        self.page.get_by_role("dialog").get_by_role("button", name=button).click()
        expect(self.page.locator(".notice")).to_contain_text("in force again")
        self.visitor.shot("history")
        self.assert_accessible()
        self.assertEqual(server.ask("GET", path)[1]["budget"], {"daily_micros": 20_000_000})


class Reading(Journey):
    def test_the_funnel_tells_why_a_line_item_does_not_bid(self):
        self.enter("#/advertisers/acme/line-items/spring-nobody")
        with Traffic(server.bidder, 300, 250, user="7000000007"):
            row = self.page.get_by_role("row", name=re.compile("user not in the audience"))
            expect(row).to_be_visible(timeout=PATIENCE * 1000)
        expect(self.page.locator(".verdict")).to_contain_text(re.compile("audience", re.I))
        self.visitor.shot("funnel")
        self.assert_accessible()

    def test_the_overview_shows_every_campaign_of_a_status(self):
        self.enter()
        expect(self.page.get_by_role("link", name="acme-spring")).to_be_visible()
        expect(self.page.get_by_role("link", name="acme-autumn")).to_have_count(0)
        self.visitor.shot("overview")
        self.assert_accessible()
        self.page.get_by_label("Show", exact=True).select_option("paused")
        expect(self.page.get_by_role("link", name="acme-autumn")).to_be_visible()

    def test_the_picker_changes_the_advertiser(self):
        self.enter()
        self.page.get_by_label("Advertiser", exact=True).select_option("bolt")
        expect(self.heading("Campaigns of Bolt Bikes")).to_be_visible()
        expect(self.page.locator(".card")).to_contain_text("EUR")

    def test_a_report_comes_as_a_table_and_as_csv(self):
        with Traffic(server.bidder, 300, 250) as traffic:
            wait_for(lambda: traffic.bids > 5 or traffic.failure)
        self.enter("#/advertisers/acme/report")
        wait_for(self.report_has_spend)
        self.visitor.shot("report")
        self.assert_accessible()
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name="Download as CSV").click()
        text = pathlib.Path(download.value.path()).read_text()
        self.assertIn("spend_micros", text.splitlines()[0])
        self.assertIn("acme-spring", text)

    def report_has_spend(self):
        with self.page.expect_response("**/v1/reports/delivery?*") as response:
            self.page.get_by_role("button", name="Show").click()
        rows = response.value.json()["rows"]
        if not any(row["campaign"] == "acme-spring" and row["spend_micros"] for row in rows):
            return False
        row = self.page.get_by_role("row", name=re.compile("acme-spring"))
        expect(row).to_contain_text(re.compile(r"0\.0*[1-9][0-9]* USD"))
        return True

    def test_an_address_that_leads_nowhere_says_so(self):
        self.enter("#/advertisers/acme/campaigns/no-such-campaign")
        expect(self.heading("This page cannot be shown")).to_be_visible()
        expect(self.page.locator(".problem")).to_contain_text("no-such-campaign")


class OtherAdvertisers(Journey):
    def test_do_not_exist_for_a_key(self):
        self.enter("#/keys")
        self.page.get_by_label("Name", exact=True).fill("bolt's agency")
        self.page.get_by_label("Role", exact=True).select_option("trader")
        self.page.get_by_label("bolt", exact=True).check()
        self.page.get_by_role("button", name="Make the key").click()
        key = self.page.locator("#new-key").input_value()
        self.visitor.shot("keys")
        self.assert_accessible()
        self.page.get_by_role("button", name="Sign out").click()
        self.visitor.sign_in(key)
        expect(self.heading("Campaigns of Bolt Bikes")).to_be_visible()
        self.assertNotIn("acme", self.page.locator("body").inner_text().lower())
        for place in ("", "/campaigns/acme-spring", "/line-items/spring-everyone", "/history"):
            self.visitor.open(f"#/advertisers/acme{place}")
            expect(self.heading("This page cannot be shown")).to_be_visible()
            expect(self.page.locator(".problem")).to_contain_text("There is no")
        expect(self.page.get_by_role("link", name="Keys")).to_have_count(0)


class OnAPhone(Journey):
    is_on_phone = True
    PLACES = {
        "overview": ("#/advertisers/acme", "Campaigns of Acme Outdoor"),
        "campaign": ("#/advertisers/acme/campaigns/acme-spring", "acme-spring"),
        "line-item": ("#/advertisers/acme/line-items/spring-everyone", "spring-everyone"),
        "report": ("#/advertisers/acme/report", "Report"),
        "documents": ("#/advertisers/acme/documents", "Documents"),
        "history": ("#/advertisers/acme/campaigns/acme-spring/history", "History of acme-spring"),
        "uploads": ("#/uploads", "Audiences"),
        "segments": ("#/segments", "Segments"),
        "keys": ("#/keys", "Keys"),
    }
    SMALL_TARGETS = """() => [...document.querySelectorAll(
        'header a, header button, button, select, .button, input:not([type=checkbox])')]
      .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 44)
      .map((node) => node.outerHTML.slice(0, 120))"""

    def test_every_page_fits_and_can_be_touched(self):
        self.enter()
        for name, (place, heading) in self.PLACES.items():
            with self.subTest(name):
                self.visitor.open(place)
                expect(self.page.locator("main:not([aria-busy]) h1")).to_have_text(heading)
                self.visitor.shot(f"phone-{name}")
                width = self.page.evaluate("document.documentElement.scrollWidth")
                self.assertLessEqual(width, 390)
                self.assertEqual(self.page.evaluate(self.SMALL_TARGETS), [])
                self.assert_accessible()


if __name__ == "__main__":
    unittest.main(verbosity=2)
