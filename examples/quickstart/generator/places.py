"""Invented publishers, and devices and places as exchanges describe them."""


def site(name, publisher, publisher_domain, cat, *stories):
    return {"name": name, "publisher": publisher, "publisher_domain": publisher_domain,
            "cat": cat, "stories": stories}


SITES = {
    "harbourpost.example": site(
        "Harbour Post", "Harbour Media", "harbourmedia.example", ["IAB12", "IAB12-3"],
        ("news", "council-votes-on-the-new-ferry-line"),
        ("sport", "regatta-opens-in-strong-winds")),
    "meridian.example": site(
        "The Meridian", "Meridian Press", "meridianpress.example", ["IAB12", "IAB13"],
        ("markets", "grain-prices-fall-for-a-third-week"), ("culture", "a-season-of-small-operas")),
    "lakeside.example": site(
        "Lakeside Life", "Shoreline Digital", "shoreline.example", ["IAB10", "IAB20-3"],
        ("garden", "how-to-build-a-dry-stone-wall"),
        ("trips", "five-huts-one-can-walk-to-in-a-day")),
    "metrotimes.example": site(
        "Metro Times", "Metro Group", "metrogroup.example", ["IAB12"],
        ("city", "night-trams-return-to-the-hills"), ("food", "the-noodle-shops-of-third-street")),
}


def app(name, publisher, domain, ver, screen, *cat):
    return {"name": name, "publisher": publisher, "domain": domain, "ver": ver, "screen": screen,
            "cat": list(cat)}


APPS = {
    "com.skycast.example": app("Skycast", "Skycast Labs", "skycast.example", "8.14.2",
                               "Hourly forecast for the week", "IAB15-10"),
    "com.trailmap.example": app("Trailmap", "Trailmap", "trailmap.example", "3.2.0",
                                "Routes near the place you are at", "IAB20", "IAB17-9"),
    "1480035812": app("Pocket Ledger", "Pocket Ledger", "pocketledger.example", "5.0.1",
                      "Spending of the month by kind", "IAB13-5"),
    "com.metro.example": app("Metro Times", "Metro Group", "metrotimes.example", "11.4",
                             "Front page of the morning edition", "IAB12"),
}

CHROMIUM = [{"brand": "Chromium", "version": ["130", "0", "6723", "58"]},
            {"brand": "Google Chrome", "version": ["130", "0", "6723", "58"]}]

DEVICES = {
    "phone": {
        "ua": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
              "Chrome/130.0.0.0 Mobile Safari/537.36",
        "sua": {"browsers": CHROMIUM, "platform": {"brand": "Android", "version": ["14"]},
                "mobile": 1, "model": "Pixel 8", "source": 2},
        "ifa": "3f2b7c90-5d1e-4a86-9c47-b0e8d2a61f75", "make": "Google", "model": "Pixel 8",
        "os": "Android", "osv": "14", "devicetype": 4, "w": 412, "h": 915, "pxratio": 2.625,
        "carrier": "Example Mobile",
    },
    "iphone": {
        "ua": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 "
              "(KHTML, like Gecko) Mobile/15E148",
        "ifa": "00000000-0000-0000-0000-000000000000", "make": "Apple", "model": "iPhone15,2",
        "os": "iOS", "osv": "17.6", "devicetype": 4, "w": 393, "h": 852, "pxratio": 3,
        "carrier": "Example Mobile",
    },
    "tablet": {
        "ua": "Mozilla/5.0 (iPad; CPU OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
              "Gecko) Version/17.6 Mobile/15E148 Safari/604.1",
        "make": "Apple", "model": "iPad13,1", "os": "iOS", "osv": "17.6", "devicetype": 5,
        "w": 820, "h": 1180, "pxratio": 2,
    },
    "desktop": {
        "ua": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
              "Chrome/130.0.0.0 Safari/537.36",
        "sua": {"browsers": CHROMIUM, "platform": {"brand": "Windows", "version": ["10"]},
                "mobile": 0, "bitness": "64", "architecture": "x86", "source": 2},
        "os": "Windows", "osv": "10", "devicetype": 2, "w": 1920, "h": 1080, "pxratio": 1,
    },
}


def place(country, region, city, zip_code, lat, lon, utcoffset, **more):
    return {"country": country, "region": region, "city": city, "zip": zip_code, "lat": lat,
            "lon": lon, "type": 2, "utcoffset": utcoffset, **more}


PLACES = {
    "boston": place("USA", "MA", "Boston", "02110", 42.36, -71.06, -300, metro="506"),
    "seattle": place("USA", "WA", "Seattle", "98101", 47.61, -122.33, -480, metro="819"),
    "san-francisco": place("USA", "CA", "San Francisco", "94103", 37.77, -122.42, -480,
                           metro="807"),
    "toronto": place("CAN", "ON", "Toronto", "M5V", 43.65, -79.38, -300),
    "london": place("GBR", "ENG", "London", "EC1A", 51.51, -0.13, 0),
    "paris": place("FRA", "IDF", "Paris", "75002", 48.87, 2.34, 60),
    "berlin": place("DEU", "BE", "Berlin", "10117", 52.52, 13.39, 60),
}
