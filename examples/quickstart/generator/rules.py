"""A plain reading of the matching rules for acme.yaml: what each request must get.

It judges every rule for every line item, not only the first that fails, so that a no-bid can be
shown to have one cause: a line item that fails it alone, and no line item that passes it.
"""

from collections import Counter
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from .users import BASKET, BOAT_OWNER, BOUGHT, HIKING, OUTDOOR, SAILING, STAFF, VIEWED

SEAT = "acme-7"
DOMAIN = "acme.example"
CATEGORIES = {"IAB18", "IAB20"}
RATES = {"USD": Decimal(1), "EUR": Decimal("1.08")}  # USD per unit
MARGIN_MS = 10
IMPRESSIONS = 64  # RequestLimits.impressions
DEADLINE_MS = 100
EEA_OR_ALIKE = {"FRA", "DEU", "ITA", "ESP", "GBR", "CHE"}  # of the countries that requests name

# The order in which the pipeline decides, see Sources/AuctionTypes/NoBidReason.swift.
STAGES = [
    "deadline", "capacity", "format", "secure", "currency", "seat", "inventory", "domain", "app",
    "geo", "device_type", "os", "language", "category", "blocked_advertiser", "blocked_category",
    "identity", "audience", "position", "deal", "size", "floor", "blocked_attribute",
    "frequency_cap", "budget",
]

CREATIVES = {  # id: (w, h, attributes, secure)
    "acme-300x250": (300, 250, set(), True),
    "acme-336x280": (336, 280, set(), True),
    "acme-728x90": (728, 90, set(), True),
    "acme-970x250": (970, 250, set(), True),
    "acme-300x600": (300, 600, set(), True),
    "acme-320x50": (320, 50, set(), True),
    "acme-320x480": (320, 480, set(), True),
    "acme-map-320x100": (320, 100, {13}, True),
    "acme-old-160x600": (160, 600, set(), False),
}


def basket(held):
    return bool(held & {VIEWED, BASKET}) and not held & {BOUGHT, STAFF}


def outdoor(held):
    interest = HIKING in held or {SAILING, BOAT_OWNER} <= held
    return OUTDOOR in held and interest and not held & {BOUGHT, STAFF}


def no_buyer(held):
    return not held & {BOUGHT, STAFF}


def countries(*wanted):
    return [(country, None) for country in wanted]


LINE_ITEMS = [
    dict(id="acme-spring/spring-basket", cpm="4.2", exchanges={"example"}, audience=basket,
         creatives=["acme-300x250", "acme-728x90", "acme-300x600", "acme-320x50"]),
    dict(id="acme-spring/spring-outdoor", cpm="2.6", exchanges={"example"}, audience=outdoor,
         geo=countries("USA", "CAN", "GBR", "FRA"), device_types={2, 4, 5}, is_sampled=True,
         creatives=["acme-300x250", "acme-336x280", "acme-728x90", "acme-320x50"]),
    dict(id="acme-spring/metro-launch", cpm="3", exchanges={"metro"}, audience=no_buyer,
         inventory={"site", "app"}, geo=[("USA", "CA"), ("USA", "NY"), ("FRA", None)],
         domains={"metrotimes.example"}, not_domains={"games.metrotimes.example"},
         apps={"com.metro.example"}, device_types={2, 4, 5},
         os={"android", "ios", "windows", "macos"}, languages={"en", "fr", "es"},
         not_categories={"IAB25", "IAB14-1"}, positions={1, 3},
         creatives=["acme-300x250", "acme-728x90", "acme-320x50", "acme-map-320x100",
                    "acme-old-160x600"]),
    dict(id="acme-always-on/always-web", cpm="1.1", exchanges={"example"}, inventory={"site"},
         geo=countries("USA", "CAN", "GBR", "FRA", "DEU"), not_domains={"tabloid.example"},
         not_categories={"IAB25", "IAB26"},
         creatives=["acme-300x250", "acme-336x280", "acme-728x90", "acme-970x250", "acme-300x600"]),
    dict(id="acme-always-on/always-app", cpm="1.5", exchanges={"example"}, inventory={"app"},
         apps={"com.skycast.example", "com.trailmap.example", "1480035812"}, os={"ios", "android"},
         creatives=["acme-320x50", "acme-320x480", "acme-300x250"]),
    dict(id="acme-always-on/always-clicks", cpm="1.4", exchanges={"example"}, inventory={"site"},
         languages={"en", "fr"}, positions={1, 3}, device_types={2},
         creatives=["acme-300x250", "acme-728x90", "acme-300x600"]),
    dict(id="acme-deals/deals-premium", cpm="6", exchanges={"example"},
         domains={"harbourpost.example", "meridian.example"}, geo=countries("USA"),
         deals={"acme-premium-26"}, is_open=True, creatives=["acme-970x250", "acme-300x250"]),
    dict(id="acme-deals/deals-frontpage", cpm="9", exchanges={"example"},
         deals={"frontpage-q4", "frontpage-gold"}, is_open=False,
         creatives=["acme-970x250", "acme-728x90"]),
    # The budgets of the others are far larger than what the requests can spend.
    dict(id="acme-tasters/taster-once", cpm="5", exchanges={"example"}, budget_micros=5000,
         deals={"first-look-1"}, is_open=False, creatives=["acme-300x250"]),
    dict(id="acme-tasters/taster-capped", cpm="3.5", exchanges={"example"}, impressions=1,
         deals={"weekly-8"}, is_open=False, creatives=["acme-300x250"]),
]


class Books:
    """What the bids so far hold of budgets, and whom they were made for. No notice comes before
    the last request, so nothing is given back."""

    def __init__(self):
        self.held_micros, self.shown = Counter(), Counter()

    def failures(self, item, request):
        """Rules of money and frequency that a line item fails."""
        failures = set()
        if self.shown[item["id"], request.cap_key()] >= item.get("impressions", IMPRESSIONS):
            failures.add("frequency_cap")
        cost = Decimal(item["cpm"]) * 1000  # of one impression, in micros
        if self.held_micros[item["id"]] + cost > item.get("budget_micros", 10**9):
            failures.add("budget")
        return failures

    def add(self, item, request):
        """A bid was made."""
        self.held_micros[item["id"]] += Decimal(item["cpm"]) * 1000
        self.shown[item["id"], request.cap_key()] += 1


def is_within(domain, names):
    return any(domain == name or domain.endswith("." + name) for name in names)


def is_category_in(categories, listed):
    return any(own == one or own.startswith(one + "-") for own in categories for one in listed)


def number(value, default=None):
    """A number as tolerant readers take it: numbers, and strings that hold one."""
    if value is None or isinstance(value, bool):
        return default
    try:
        return Decimal(str(value))
    except ArithmeticError:
        return default


class Request:
    """What the rules need of one request."""

    def __init__(self, exchange, body, population):
        self.exchange, self.body = exchange, body
        self.site, self.app = body.get("site"), body.get("app")
        self.device = body.get("device") or {}
        self.geo = self.device.get("geo") or {}
        self.user = body.get("user") or {}
        self.regs = body.get("regs") or {}
        self.population = population
        self.currency = self._currency()

    def _currency(self):
        allowed = self.body.get("cur") or ["USD"]
        return "USD" if "USD" in allowed else next((c for c in allowed if c in RATES), None)

    def ids_withheld(self):
        """Whether privacy signals forbid to read the ids."""
        ext = self.regs.get("ext") or {}
        gdpr = number(self.regs.get("gdpr", ext.get("gdpr")))
        if gdpr == 1 or gdpr is None and self.geo.get("country") in EEA_OR_ALIKE:
            return True
        us_privacy = self.regs.get("us_privacy") or ext.get("us_privacy") or ""
        return number(self.regs.get("coppa")) == 1 or us_privacy[2:3] == "Y" \
            or bool(self.regs.get("gpp"))

    def ids(self):
        """Usable ids; of those only buyeruid is in a space that has rows."""
        absent = {None, "", "null", "unknown", "-1", "0"}
        found = [self.user.get("buyeruid"), self.user.get("id")]
        ifa = self.device.get("ifa")
        may_track = all(number(self.device.get(key), 0) == 0 for key in ("lmt", "dnt"))
        if may_track and ifa and ifa.strip("0-"):
            found.append(ifa)
        for eid in self.user.get("eids", []):
            found += [uid["id"] for uid in eid["uids"]]
        usable = [one for one in found if one not in absent]
        if any(one in self.population.suppressed for one in usable):
            return []
        return usable

    def cap_key(self):
        """The first of the ids, in the order that ids() has; None for nobody."""
        ids = [] if self.ids_withheld() else self.ids()
        return ids[0] if ids else None

    def domain(self):
        return (self.site or {}).get("domain", "").lower()

    def categories(self):
        place = self.site or self.app or {}
        found = []
        for holder in (place, place.get("content") or {}):
            for key in ("cat", "pagecat", "sectioncat"):
                found += holder.get(key) or []
        return found


def request_failures(request):
    """Rules that refuse the whole request."""
    body, failures = request.body, set()
    if len(body["imp"]) > IMPRESSIONS:
        failures.add("capacity")
    if SEAT not in body.get("wseat", [SEAT]) or SEAT in body.get("bseat", []):
        failures.add("seat")
    if request.currency is None:
        failures.add("currency")
    if is_within(DOMAIN, body.get("badv", [])):
        failures.add("blocked_advertiser")
    if is_category_in(CATEGORIES, body.get("bcat", [])):
        failures.add("blocked_category")
    tmax = number(body.get("tmax"), 0)
    if min(tmax if tmax > 0 else DEADLINE_MS, DEADLINE_MS) - MARGIN_MS <= 0:
        failures.add("deadline")
    return failures


def line_item_failures(item, request):
    """Rules of targeting that a line item fails for every impression of the request."""
    failures = set()

    def check(rule, is_met):
        if not is_met:
            failures.add(rule)

    kind = "site" if request.site else "app" if request.app else "dooh"
    if "inventory" in item:
        check("inventory", kind in item["inventory"])
    place = (request.geo.get("country"), (request.geo.get("region") or "").removeprefix("US-"))
    if "geo" in item:
        check("geo", any(place[0] == c and r in (None, place[1]) for c, r in item["geo"]))
    if request.site:
        check("domain", not is_within(request.domain(), item.get("not_domains", ())))
        if "domains" in item:
            check("domain", is_within(request.domain(), item["domains"]))
        elif "apps" in item:
            check("domain", False)
    elif "apps" in item:
        check("app", bool(request.app) and request.app.get("bundle") in item["apps"])
    elif "domains" in item:
        check("app", False)
    if "device_types" in item:
        check("device_type", number(request.device.get("devicetype")) in item["device_types"])
    if "os" in item:
        check("os", (request.device.get("os") or "").lower() in item["os"])
    if "languages" in item:
        check("language", (request.device.get("language") or "").lower() in item["languages"])
    if "not_categories" in item:
        check("category", not is_category_in(request.categories(), item["not_categories"]))
    if "audience" in item:
        ids = [] if request.ids_withheld() else request.ids()
        if not ids:
            failures.add("identity")
        else:
            held = set().union(*(request.population.now.get(one, set()) for one in ids))
            check("audience", item["audience"](held))
    return failures


def floor_usd(amount, currency):
    return number(amount, Decimal(0)) * RATES[currency or "USD"]


def price(item, request, deal=None):
    """The bid in the response's currency, rounded down at four decimals; under a deal of a fixed
    price (`at` 3) that price, rounded up."""
    if deal and deal.get("at") == 3 and deal.get("bidfloor"):
        fixed = floor_usd(deal["bidfloor"], deal.get("bidfloorcur")) / RATES[request.currency]
        return fixed.quantize(Decimal("0.0001"), rounding=ROUND_CEILING)
    amount = Decimal(item["cpm"]) / RATES[request.currency]
    return amount.quantize(Decimal("0.0001"), rounding=ROUND_FLOOR)


def is_above_floor(item, request, amount, currency):
    if request.currency is None:  # refused already
        return True
    floor = floor_usd(amount, currency) / RATES[request.currency]
    return price(item, request) >= floor.quantize(Decimal("0.0001"), rounding=ROUND_CEILING)


def creative_failure(item, imp):
    """The rule that leaves the line item no creative for the impression, or None."""
    banner = imp["banner"]
    sizes = {(int(number(f["w"])), int(number(f["h"]))) for f in banner.get("format", [])}
    if not sizes and "w" in banner:
        sizes = {(int(number(banner["w"])), int(number(banner["h"])))}
    fitting = [CREATIVES[name] for name in item["creatives"] if CREATIVES[name][:2] in sizes]
    if not fitting:
        return "size"
    if all(attributes & set(banner.get("battr", [])) for _, _, attributes, _ in fitting):
        return "blocked_attribute"
    return None


def impression_failures(item, request, imp):
    """Every rule that keeps a line item from an open bid, and the deals that it answers."""
    if not imp.get("banner"):
        return {"format"}, []
    failures = set()
    if number(imp.get("secure"), 0) == 1:  # the quickstart has no public_url_tls
        failures.add("secure")
    if "positions" in item and number(imp["banner"].get("pos")) not in item["positions"]:
        failures.add("position")
    creative = creative_failure(item, imp)
    if creative:
        failures.add(creative)
    pmp = imp.get("pmp") or {}
    deals = [
        deal for deal in pmp.get("deals", [])
        if deal["id"] in item.get("deals", ()) and SEAT in deal.get("wseat", [SEAT])
        and DOMAIN in deal.get("wadomain", [DOMAIN])
        and is_above_floor(item, request, deal.get("bidfloor"), deal.get("bidfloorcur"))
    ]
    shared = set(failures)
    if number(pmp.get("private_auction"), 0) == 1:
        failures.add("deal")
    elif "deals" in item and not item["is_open"]:
        failures.add("deal")
    if not is_above_floor(item, request, imp.get("bidfloor"), imp.get("bidfloorcur")):
        failures.add("floor")
    return failures, [] if shared else [deal["id"] for deal in deals]


def judge(exchange, body, population, books):
    """Each impression's possible bids and each line item's failures."""
    request = Request(exchange, body, population)
    whole = request_failures(request)
    open_bids, deal_bids, failures = {}, {}, []
    for imp in body["imp"]:
        open_bids[imp["id"]], deal_bids[imp["id"]] = [], []
        for item in LINE_ITEMS:
            if exchange not in item["exchanges"]:
                continue
            mine = whole | line_item_failures(item, request)
            here, deals = impression_failures(item, request, imp)
            money = books.failures(item, request)
            if deals and money and not mine:
                failures.append(money)  # it came further than to "deal"
                continue
            if not mine:
                deal_bids[imp["id"]] += [(deal, item) for deal in deals]
            if not mine | here:
                open_bids[imp["id"]].append(item)
            failures.append(mine | here)
    return request, open_bids, deal_bids, failures


def sole_cause(failures, in_order):
    """The reason that NoBidReason's order gives; without `in_order` it is that in any order:
    every line item fails it, and at least one fails it alone."""
    if in_order:
        return max((min(one, key=STAGES.index) for one in failures), key=STAGES.index)
    causes = {rule for one in failures if len(one) == 1 for rule in one}
    shared = set.intersection(*failures)
    assert len(causes) == 1 and causes <= shared, f"no single cause: {failures}"
    return causes.pop()
