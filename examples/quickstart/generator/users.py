"""Users, their segments, and the cookie-sync files that tell of them."""

import gzip
import hashlib
import itertools
import random

FULL = "ftp_2201_3301_acme_full_1700000000000"
ITER = "ftp_2201_3301_acme_iter_1700003600000"

# Segments that acme.yaml names, at their ranks of popularity (0 is the most popular).
VIEWED, BASKET, BOUGHT = 24101, 24102, 24103
OUTDOOR, HIKING, SAILING, BOAT_OWNER = 24110, 24111, 24112, 24113
STAFF = 24120
RANKS = {OUTDOOR: 1, VIEWED: 3, HIKING: 5, BASKET: 8, SAILING: 10, BOUGHT: 12, BOAT_OWNER: 25,
         STAFF: 70}

FULL_USERS = 4_000
ITER_NEW = 200
ITER_KNOWN = 400
SEGMENTS = 240


def decimal_id(rng):
    """An id as Adobe's: 38 decimal digits, the first not zero."""
    return str(rng.randrange(10**37, 10**38))


class Population:
    """Who is in which segments before and after the second file."""

    def __init__(self, seed=20260101):
        self.rng = random.Random(seed)
        self.segments = self._segments_by_rank()
        weights = [1 / (rank + 1) for rank in range(SEGMENTS)]
        self.cumulative = list(itertools.accumulate(weights))
        self.full = {decimal_id(self.rng): self._draw() for _ in range(FULL_USERS)}
        self.changes = self._changes()
        self.now = {user: set(held) for user, held in self.full.items()}
        for user, (added, removed) in self.changes.items():
            self.now[user] = (self.now.get(user, set()) | added) - removed
        self.suppressed = self._suppressed()
        self.taken = set()

    def _segments_by_rank(self):
        named = {rank: segment for segment, rank in RANKS.items()}
        others = [24200 + index for index in range(SEGMENTS - len(named))]
        self.rng.shuffle(others)
        return [named[rank] if rank in named else others.pop() for rank in range(SEGMENTS)]

    def _draw(self):
        """Some segments, drawn by popularity: 9 on average, at most 60."""
        count = min(60, 1 + int(self.rng.expovariate(1 / 8)))
        held = set()
        while len(held) < count:
            held.add(self.rng.choices(self.segments, cum_weights=self.cumulative)[0])
        return held

    def _changes(self):
        """User to (added, removed) of the second file; both lists of known users are filled."""
        changes = {decimal_id(self.rng): (self._draw(), set()) for _ in range(ITER_NEW)}
        for user in self.rng.sample(sorted(self.full), ITER_KNOWN):
            held = self.full[user]
            count = self.rng.randint(1, max(1, len(held) // 2))
            removed = set(self.rng.sample(sorted(held), count))
            added = self._draw() - held
            changes[user] = (added or {next(s for s in self.segments if s not in held)}, removed)
        return changes

    def _suppressed(self):
        candidates = [user for user in sorted(self.full) if user not in self.changes]
        return self.rng.sample(candidates, 24)

    # Picking users for requests

    def pick(self, wanted):
        """The first user not picked before that `wanted(before, now)` accepts, never a
        suppressed one; `before` is None for those the first file did not have."""
        for user, held in self.now.items():
            if user in self.taken or user in self.suppressed:
                continue
            if wanted(self.full.get(user), held):
                self.taken.add(user)
                return user
        raise LookupError("no such user")

    def opted_out(self, wanted):
        return next(user for user in self.suppressed if wanted(self.now[user]))

    def stranger(self):
        """An id that no file has."""
        while True:
            user = decimal_id(self.rng)
            if user not in self.now:
                return user

    # Files

    def files(self):
        full_lines = [f"{user} {self._list(held)}" for user, held in self.full.items()]
        iter_lines = [
            f"{user} {self._list(added)}" + (f" {self._list(removed)}" if removed else "")
            for user, (added, removed) in self.changes.items()
        ]
        return {
            **self._batch(FULL, ".sync", full_lines),
            **self._batch(ITER, ".sync.gz", iter_lines),
            "optout/optout_1700003600000.txt": self._suppression(),
        }

    @staticmethod
    def _list(segments):
        return ",".join(str(segment) for segment in sorted(segments))

    @staticmethod
    def _batch(batch, extension, lines):
        text = "".join(line + "\n" for line in lines).encode()
        data = gzip.compress(text, mtime=0) if extension.endswith(".gz") else text
        digest = hashlib.md5(data).hexdigest()
        name = batch + extension
        manifest = (
            "{\n"
            f"  Files: [{{FileByteSize: {len(data)}, FileLineCount: {len(lines)},\n"
            f'    FileName: "{name}", FileSequenceNumber: 1,\n'
            f'    md5: "{digest}"}}],\n'
            f'  Totals: {{FileName: "{batch}",\n'
            f"    TotalByteSize: {len(data)}, TotalNumberFiles: 1,\n"
            f"    TotalNumberLines: {len(lines)}}}\n"
            "}\n"
        )
        return {f"aam/{name}": data, f"aam/{batch}.info": manifest.encode()}

    def _suppression(self):
        reasons = ["", "\topt-out", "\terasure request"]
        lines = [f"nod:{user}{reasons[index % 3]}" for index, user in enumerate(self.suppressed)]
        lines.append("example:5f0e7a1c22d94b6b8e31\topt-out")
        return "".join(line + "\n" for line in lines).encode()
