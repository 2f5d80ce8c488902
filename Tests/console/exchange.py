"""The exchange's side: asks for bids and bills those it gets."""

import http.client
import itertools
import json
import threading
import urllib.parse


class Exchange:
    """One connection to the data plane."""

    def __init__(self, port):
        self.port = port
        self.numbers = itertools.count(1)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, width, height, user=None):
        """The bids for one impression, and the reason where there are none."""
        number = next(self.numbers)
        request = {
            "id": f"journey-{number}",
            "imp": [{"id": "1", "banner": {"w": width, "h": height}}],
            "site": {"domain": "harbourpost.example", "page": "https://harbourpost.example/"},
            "device": {"devicetype": 2, "geo": {"country": "USA"}},
            "regs": {"ext": {"gdpr": 0}},
            "tmax": 1000,
        }
        if user:
            request["user"] = {"buyeruid": user}
        self.connection.request(
            "POST", "/openrtb2/example", json.dumps(request),
            {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            return [], answer.getheader("X-Nod-Reason")
        return [bid for seat in json.loads(body)["seatbid"] for bid in seat["bid"]], None

    def close(self):
        self.connection.close()

    def win(self, bid):
        """Tells of the win, and bills at the price that was bid."""
        for key in ("nurl", "burl"):
            if key in bid:
                url = bid[key].replace("${AUCTION_PRICE}", str(bid["price"]))
                parts = urllib.parse.urlsplit(url)
                self.connection.request("GET", f"{parts.path}?{parts.query}")
                answer = self.connection.getresponse()
                answer.read()
                if answer.status not in (200, 204):
                    raise RuntimeError(f"{key}: {answer.status}")


class Traffic:
    """Requests in the background, every second bid won, until it is left."""

    def __init__(self, port, width, height, user=None):
        self.exchange = Exchange(port)
        self.arguments = (width, height, user)
        self.bids = 0
        self.reasons = {}
        self.failure = None
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._run)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
        self.exchange.close()
        if self.failure:
            raise self.failure

    def _run(self):
        try:
            while not self.over.wait(0.02):
                bids, reason = self.exchange.ask(*self.arguments)
                if reason:
                    self.reasons[reason] = self.reasons.get(reason, 0) + 1
                for bid in bids:
                    self.bids += 1
                    if self.bids % 2:
                        self.exchange.win(bid)
        except Exception as error:  # shown by the journey that waits for the bids
            self.failure = error
