"""Sixty-four bid requests as exchanges send them, each with what it must get and why."""

import json
import random
from collections import Counter

from . import rules
from .places import APPS, DEVICES, PLACES, SITES
from .users import BASKET, BOUGHT, VIEWED

REQUESTS = 64


class Case:
    """A named request and what is expected of it."""

    def __init__(self, name, exchange, body, reason, population, in_order=False, books=None):
        books = books or rules.Books()
        self.name, self.exchange, self.body, self.reason = name, exchange, body, reason
        self.request, self.open, self.deals, self.failures = rules.judge(
            exchange, body, population, books)
        for _, item in [pair for pairs in self.deals.values() for pair in pairs]:
            books.add(item, self.request)
        self.bids, self.others = self._bids() if reason is None else ([], False)
        if reason is not None:
            cause = rules.sole_cause(self.failures, in_order)
            assert cause == reason, f"{name}: {cause}, not {reason}"

    def line(self):
        return {"name": self.name, "exchange": self.exchange, "request": self.body}

    def expected(self):
        head = {"name": self.name, "exchange": self.exchange}
        if self.reason is not None:
            return {**head, "outcome": "no-bid", "reason": self.reason}
        return {**head, "outcome": "bid", "cur": self.request.currency, "bids": self.bids,
                "others": self.others}

    def _bids(self):
        """The bids that the answer must hold, and whether it may hold others."""
        bids, others = [], False
        wanted = [impid for impid, items in self.open.items() if items]
        for impid, pairs in self.deals.items():
            for deal, item in pairs:
                bids.append(self._bid(impid, item, dealid=deal))
                # Whether its line item also bids in the open auction is the bidder's affair.
                others |= item["is_open"]
        if not others:
            bids += [self._open_bid(impid, len(wanted)) for impid in wanted]
        assert bids, f"{self.name}: no bid"
        return bids, others

    def _open_bid(self, impid, wanted):
        """The open bid of an impression, with its line item where only one can win."""
        items = [item for item in self.open[impid] if not item.get("is_sampled")]
        assert items, f"{self.name}: {impid} hangs on the sampled line item"
        if wanted > 1:  # a line item wins one impression: enough of them must be there for all
            assert len(items) >= wanted, f"{self.name}: {impid} may go without"
            return {"impid": impid}
        best = max(self.open[impid], key=lambda item: rules.Decimal(item["cpm"]))
        return self._bid(impid, best) if not best.get("is_sampled") else {"impid": impid}

    def _bid(self, impid, item, **more):
        price = rules.price(item, self.request, self._deal(impid, more.get("dealid")))
        return {"impid": impid, "line_item": "acme/" + item["id"], "price": float(price), **more}

    def _deal(self, impid, dealid):
        imp = next(imp for imp in self.body["imp"] if imp["id"] == impid)
        deals = (imp.get("pmp") or {}).get("deals", [])
        return next((deal for deal in deals if deal["id"] == dealid), None)


class Bodies:
    """Builds bodies of realistic size; what a case is about is given, the rest is drawn."""

    def __init__(self, seed):
        self.rng = random.Random(seed)

    def hex(self, digits):
        return f"{self.rng.randrange(16**digits):0{digits}x}"

    def uuid(self):
        return "-".join(self.hex(digits) for digits in (8, 4, 4, 4, 12))

    def imp(self, number, *sizes, pos=1, floor=0.25, battr=None, **more):
        drawn = self.rng.choice([[1, 3, 8], [8, 9, 14], [1, 8, 10]])
        banner = {
            "format": [{"w": w, "h": h} for w, h in sizes], "w": sizes[0][0], "h": sizes[0][1],
            "pos": pos, "battr": battr or drawn,
            "mimes": ["text/html", "image/png", "application/javascript"], "topframe": 0,
        }
        return {"id": str(number), "banner": banner, "tagid": f"slot-{self.hex(4)}-{number}",
                "bidfloor": floor, "bidfloorcur": "USD", "secure": 0, "exp": 300,
                "ext": {"gpid": f"/{self.rng.randrange(10**4, 10**6)}/slot-{number}"}, **more}

    def site(self, name, **more):
        site = SITES[name]
        section, story = self.rng.choice(site["stories"])
        return {
            "id": f"s-{self.hex(5)}", "name": site["name"], "domain": name, "cat": site["cat"],
            "pagecat": site["cat"][:1],
            "page": f"https://www.{name}/{section}/2026/{story}.html",
            "ref": "https://search.example/", "mobile": 0,
            "publisher": {"id": f"p-{self.hex(4)}", "name": site["publisher"],
                          "domain": site["publisher_domain"]},
            "content": {"title": story.replace("-", " ").capitalize(), "language": "en",
                        "keywords": story.replace("-", ",")},
            **more,
        }

    def app(self, bundle, **more):
        app = APPS[bundle]
        return {
            "id": f"a-{self.hex(5)}", "name": app["name"], "bundle": bundle, "cat": app["cat"],
            "domain": app["domain"], "storeurl": f"https://store.example/apps/{bundle}",
            "ver": app["ver"], "paid": 0, "privacypolicy": 1,
            "publisher": {"id": f"p-{self.hex(4)}", "name": app["publisher"]},
            "content": {"title": app["screen"], "language": "en", "context": 5}, **more,
        }

    def screen(self, name):
        return {"id": f"d-{self.hex(5)}", "name": name, "venuetype": ["transit.subway"],
                "publisher": {"id": f"p-{self.hex(4)}", "name": "Platform Screens"},
                "domain": "platformscreens.example"}

    def device(self, kind, place, **more):
        device = {"ip": f"203.0.113.{self.rng.randrange(256)}", **DEVICES[kind]}
        return {**device, "geo": dict(PLACES[place]), "js": 1, "language": "en", "dnt": 0,
                "lmt": 0, "connectiontype": self.rng.choice([2, 5, 6, 7]), **more}

    def user(self, buyeruid, more):
        user = {"id": self.hex(20), "buyeruid": buyeruid}
        user["eids"] = [{"source": "id.example", "uids": [{"id": "x-" + self.hex(24), "atype": 1}]}]
        user["data"] = [{"id": "pub-1", "name": "publisher.example",
                         "segment": [{"id": self.hex(3)} for _ in range(3)]}]
        return {**user, **more}

    def request(self, imps, where, device, user, **more):
        key = "app" if "bundle" in where else "dooh" if "venuetype" in where else "site"
        if key != "app":
            device.pop("ifa", None)  # browsers and screens have none
        body = {
            "id": self.uuid(), "imp": imps, key: where, "device": device, "user": user, "at": 1,
            "tmax": self.rng.choice([100, 120, 150, 200]), "cur": ["USD"],
            "bcat": ["IAB7-39", "IAB8-5", "IAB8-18", "IAB9-9", "IAB25", "IAB26"],
            "badv": ["casino.example", "loans.example", "vape.example", "rival.example"],
            "source": {"tid": self.uuid(), "schain": {
                "ver": "1.0", "complete": 1,
                "nodes": [{"asi": "exchange.example", "sid": where["publisher"]["id"],
                           "rid": self.hex(12), "hp": 1}]}},
            "regs": {"coppa": 0, "gdpr": 0, "us_privacy": "1YNN"},
            "ext": {"auction": self.hex(16), "datacenter": self.rng.choice(["east", "west"])},
        }
        body.update(more)
        return {name: value for name, value in body.items() if value is not None}


def build(population):
    """All cases, in the order of requests.ndjson."""
    cases = ExampleCases(population).cases + MetroCases(population).cases \
        + MoneyCases(population).cases
    assert len(cases) == REQUESTS, len(cases)
    assert len({case.name for case in cases}) == REQUESTS
    return cases


class ExampleCases:
    """Requests of the exchange `example`: most get a bid."""

    def __init__(self, population):
        self.population, self.cases, self.bodies = population, [], Bodies(41)
        self.known_users()
        self.context_alone()
        self.apps()
        self.deals()
        self.wire()
        self.refused()

    def add(self, name, imps=None, where="lakeside.example", device=("phone", "boston"),
            buyeruid=None, reason=None, device_more=None, user_more=None, where_more=None, **more):
        make = self.bodies
        place = make.app(where, **(where_more or {})) if where in APPS else \
            make.site(where, **(where_more or {}))
        user = make.user(buyeruid or self.population.stranger(), user_more or {})
        body = make.request(imps or [make.imp(1, (300, 250))], place,
                            make.device(*device, **(device_more or {})), user, **more)
        self.cases.append(Case(name, "example", body, reason, self.population))

    def shopper(self):
        return self.population.pick(lambda before, now: before == now and rules.basket(now))

    def known_users(self):
        pick, imp = self.population.pick, self.bodies.imp

        def outdoor(before, now):
            return rules.outdoor(now) and not rules.basket(now)

        self.add("shopper-phone", buyeruid=self.shopper())
        self.add("shopper-desktop", [imp(1, (728, 90), (970, 90))], buyeruid=self.shopper(),
                 device=("desktop", "seattle"))
        self.add("shopper-tablet-high-floor", [imp(1, (300, 600), floor=4.1)],
                 buyeruid=self.shopper(), device=("tablet", "toronto"))
        self.add("shopper-floor-in-euro", [imp(1, (300, 250), floor=3.5, bidfloorcur="EUR")],
                 buyeruid=self.shopper())
        self.add("shopper-price-in-euro", cur=["EUR"], buyeruid=self.shopper())
        self.add("left-basket-in-second-file", buyeruid=pick(
            lambda before, now: before and not rules.basket(before) and rules.basket(now)))
        self.add("bought-in-second-file", buyeruid=pick(
            lambda before, now: before and rules.basket(before) and BOUGHT in now - before))
        self.add("no-shopper-since-second-file", buyeruid=pick(
            lambda before, now: before and rules.basket(before) and not now & {VIEWED, BASKET}))
        self.add("new-in-second-file", buyeruid=pick(
            lambda before, now: before is None and rules.basket(now)))
        self.add("hiker", buyeruid=pick(outdoor))

    def context_alone(self):
        imp = self.bodies.imp
        self.add("stranger", buyeruid=None)
        self.add("stranger-desktop-by-click", device=("desktop", "london"),
                 where="meridian.example")
        self.add("billboard", [imp(1, (970, 250))], device=("desktop", "seattle"))
        self.add("gdpr-without-consent", buyeruid=self.shopper(), device=("phone", "paris"),
                 regs={"gdpr": 1, "ext": {"dsa": {"dsarequired": 0}}},
                 device_more={"language": "fr"})
        self.add("gdpr-absent-in-europe", buyeruid=self.shopper(), device=("phone", "paris"),
                 regs={"coppa": 0})
        self.add("gdpr-0-in-europe", buyeruid=self.shopper(), device=("phone", "paris"))
        self.add("us-privacy-opt-out", buyeruid=self.shopper(),
                 regs={"coppa": 0, "gdpr": 0, "us_privacy": "1YYN"})
        self.add("coppa", buyeruid=self.shopper(), regs={"coppa": 1, "gdpr": 0})
        self.add("suppressed-shopper", buyeruid=self.population.opted_out(rules.basket))

    def apps(self):
        imp = self.bodies.imp
        self.add("app-android", [imp(1, (320, 50))], "com.skycast.example")
        self.add("app-iphone-interstitial", [imp(1, (320, 480), instl=1)], "1480035812",
                 ("iphone", "toronto"))
        self.add("app-limited-tracking", [imp(1, (320, 50))], "com.trailmap.example",
                 device_more={"lmt": 1}, user_more={"buyeruid": None, "id": None, "eids": []})

    def deals(self):
        imp = self.bodies.imp

        def pmp(private, *deals):
            return {"private_auction": private, "deals": list(deals)}

        premium = {"id": "acme-premium-26", "bidfloor": 5.5, "bidfloorcur": "USD", "at": 1,
                   "wseat": ["acme-7", "other-3"]}
        front = {"id": "frontpage-q4", "bidfloor": 8, "bidfloorcur": "USD", "at": 3}
        foreign = {"id": "auto-show-11", "bidfloor": 4, "bidfloorcur": "USD", "at": 2}
        self.add("deal-with-open-auction", [imp(1, (970, 250), pmp=pmp(0, premium, foreign))],
                 "harbourpost.example", ("desktop", "boston"))
        self.add("deal-in-private-auction", [imp(1, (970, 250), pmp=pmp(1, front, foreign))],
                 "meridian.example", ("desktop", "london"))
        self.add("deal-beside-open-bid", [imp(1, (728, 90), pmp=pmp(0, front))],
                 "lakeside.example", ("phone", "boston"))
        self.add("deal-floor-too-high",
                 [imp(1, (728, 90), pmp=pmp(0, {**front, "bidfloor": 9.01}))],
                 "lakeside.example", ("phone", "boston"))
        self.add("deal-of-another-seat",
                 [imp(1, (970, 250), pmp=pmp(1, {**front, "wseat": ["other-3"]}, foreign))],
                 "lakeside.example", ("desktop", "boston"), reason="deal")

    def wire(self):
        imp = self.bodies.imp
        slots = [imp(1, (728, 90)), imp(2, (300, 250)), imp(3, (300, 600), pos=3)]
        self.add("three-slots", slots, "harbourpost.example", ("desktop", "seattle"),
                 buyeruid=self.shopper())
        self.add("two-slots-one-odd-size", [imp(1, (468, 60)), imp(2, (300, 250))])
        self.add("two-slots-one-high-floor", [imp(1, (300, 250), floor=40), imp(2, (336, 280))])
        self.add("banner-or-video", [imp(1, (300, 250), video={
            "mimes": ["video/mp4"], "minduration": 5, "maxduration": 30, "protocols": [2, 3, 7],
            "w": 640, "h": 360, "linearity": 1, "playbackmethod": [2]})])
        self.add("test-request", test=1)
        self.add("tmax-0-is-absent", tmax=0)
        loose = imp(1, (300, 250), secure="0", video=None, native=None)
        loose["banner"].update(w=300.0, h=250.0, topframe="0")
        self.add("loose-types", [loose], tmax="150", at=1.0, device_more={"dnt": "0", "lmt": "0"})

    def refused(self):
        """Refused on `example` too, where seven line items have to agree."""
        self.add("video-only", [{"id": "1", "video": {
            "mimes": ["video/mp4"], "minduration": 5, "maxduration": 30, "protocols": [2, 3],
            "w": 640, "h": 360, "linearity": 1}, "bidfloor": 2, "secure": 0, "exp": 900}],
            reason="format")
        self.add("blocked-category", buyeruid=self.shopper(), reason="blocked_category",
                 bcat=["IAB8-5", "IAB9-9", "IAB20", "IAB25", "IAB26"])
        self.add("blocked-advertiser", buyeruid=self.shopper(), reason="blocked_advertiser",
                 badv=["casino.example", "acme.example"])


class MetroCases:
    """Requests of the exchange `metro`, where one line item with every dimension runs: each
    refused request differs in one thing from one that gets a bid."""

    def __init__(self, population):
        self.population, self.cases, self.bodies = population, [], Bodies(43)
        self.wanted()
        self.refused_request()
        self.refused_targeting()
        self.refused_impression()

    def add(self, name, reason=None, size=(300, 250), where="metrotimes.example",
            device=("phone", "san-francisco"), buyeruid=None, imp_more=None, where_more=None,
            device_more=None, user_more=None, imps=None, in_order=False, **more):
        make = self.bodies
        place = make.app(where, **(where_more or {})) if where in APPS else \
            make.site(where, **(where_more or {})) if where in SITES else make.screen(where)
        imps = imps or [make.imp(1, size, **(imp_more or {}))]
        user = make.user(buyeruid or self.population.stranger(), user_more or {})
        body = make.request(imps, place, make.device(*device, **(device_more or {})), user, **more)
        self.cases.append(Case(name, "metro", body, reason, self.population, in_order))

    def wanted(self):
        self.add("metro-stranger")
        self.add("metro-app", size=(320, 50), where="com.metro.example")

    def refused_request(self):
        add, no_ids = self.add, {"buyeruid": None, "id": None, "eids": []}
        add("currency-unknown", "currency", cur=["JPY"])
        add("seat-not-wanted", "seat", wseat=["other-3", "other-9"])
        add("no-time", "deadline", tmax=1)
        add("no-user-id", "identity", user_more=no_ids)
        add("too-many-impressions", "capacity", imps=[
            {"id": str(number), "banner": {"w": 300, "h": 250, "pos": 1}}
            for number in range(1, rules.IMPRESSIONS + 2)])
        add("gdpr-withholds-ids", "identity", device=("phone", "paris"), regs={"gdpr": 1})

    def refused_targeting(self):
        buyer = self.population.pick(lambda before, now: before == now and BOUGHT in now)
        self.add("buyer", "audience", buyeruid=buyer)
        # A screen is no site and no app either: the first of these rules counts.
        self.add("screen", "inventory", where="Third Street Station", in_order=True)
        self.add("wrong-region", "geo", device=("phone", "boston"))
        self.add("wrong-domain", "domain", where="lakeside.example")
        self.add("wrong-app", "app", size=(320, 50), where="com.skycast.example")
        self.add("television", "device_type", device_more={"devicetype": 3})
        self.add("unwanted-os", "os", device_more={"os": "ChromeOS"})
        self.add("unwanted-language", "language", device_more={"language": "ja"})
        self.add("unwanted-category", "category",
                 where_more={"cat": ["IAB12", "IAB25"], "pagecat": ["IAB12"]})

    def refused_impression(self):
        self.add("secure", "secure", imp_more={"secure": 1})
        self.add("private-without-our-deal", "deal", imp_more={"pmp": {
            "private_auction": 1, "deals": [{"id": "auto-show-11", "bidfloor": 1.5, "at": 2}]}})
        self.add("floor-too-high", "floor", imp_more={"floor": 25})
        self.add("footer", "position", imp_more={"pos": 5})
        self.add("odd-size", "size", size=(468, 60))
        self.add("no-interactive-ads", "blocked_attribute", size=(320, 100),
                 imp_more={"battr": [1, 13]})


class MoneyCases:
    """Requests in private auctions of `example`, each with a deal that one line item answers: one
    whose budget pays for one impression, and one that a user sees once an hour."""

    def __init__(self, population):
        self.population, self.cases, self.bodies = population, [], Bodies(44)
        self.books = rules.Books()
        stranger = population.stranger
        self.add("budget-for-one", "first-look-1", stranger())
        self.add("budget-spent", "first-look-1", stranger(), "budget")
        viewer = stranger()
        self.add("seen-for-the-first-time", "weekly-8", viewer)
        self.add("seen-this-hour", "weekly-8", viewer, "frequency_cap")

    def add(self, name, deal, buyeruid, reason=None):
        make = self.bodies
        pmp = {"private_auction": 1,
               "deals": [{"id": deal, "bidfloor": 1.5, "bidfloorcur": "USD", "at": 1}]}
        body = make.request(
            [make.imp(1, (300, 250), pmp=pmp)], make.site("lakeside.example"),
            make.device("desktop", "boston"), make.user(buyeruid, {}))
        self.cases.append(
            Case(name, "example", body, reason, self.population, True, self.books))


def summary(cases, population):
    """A few lines on what was written."""
    reasons = Counter(case.reason for case in cases if case.reason)
    sizes = sorted(len(json.dumps(case.body, separators=(",", ":"))) for case in cases)
    median = sizes[len(sizes) // 2]
    return (
        f"{len(cases)} requests of {sizes[0]} to {sizes[-1]} bytes, median {median}\n"
        f"{sum(case.reason is None for case in cases)} bids; no-bids: "
        + ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()))
        + f"\n{len(population.full)} users in full, {len(population.changes)} lines in iter, "
        f"{len(population.now)} in all, {len(population.suppressed)} suppressed"
    )

