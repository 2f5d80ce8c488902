#!/usr/bin/env bash
# Throughput of the C server of Benchmarks/floor as `wrk` and as `nod-load --closed` see it, in turns.
#
#   loadtest/cross-check.sh          NOD_LOAD=path of a release build of nod-load
#
# Server on one core, client on another. The server spins for WORK_NS (10000) before it answers, so
# that it is the server that limits, not the client: with WORK_NS=0 the faster client wins. What else
# the environment may change: RUNS (5), SECONDS_EACH (4), CONNECTIONS (64), SERVER_CORE (0),
# LOAD_CORE (1).
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
nod_load=${NOD_LOAD:-$root/.build/release/nod-load}
runs=${RUNS:-5}
seconds=${SECONDS_EACH:-4}
connections=${CONNECTIONS:-64}
server_core=${SERVER_CORE:-0}
load_core=${LOAD_CORE:-1}
work_ns=${WORK_NS:-10000}
body=$root/Benchmarks/bodies/banner.json

[ -x "$nod_load" ] || { echo "cross-check: no $nod_load" >&2; exit 1; }
command -v wrk >/dev/null || { echo "cross-check: wrk is not installed" >&2; exit 1; }
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
cat >"$work/work.h" <<EOF
#define _GNU_SOURCE
#include <time.h>
#include <unistd.h>
static inline ssize_t write_after_work(int fd, const void *bytes, size_t count) {
  struct timespec now, end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  long until = end.tv_nsec + $work_ns;
  do clock_gettime(CLOCK_MONOTONIC, &now);
  while ((now.tv_sec - end.tv_sec) * 1000000000 + now.tv_nsec < until);
  return write(fd, bytes, count);
}
#define write write_after_work
EOF
"${CC:-cc}" -O2 -w -pthread -include "$work/work.h" -o "$work/floor" \
  "$root/Benchmarks/floor/floor.c"
cat >"$work/post.lua" <<EOF
local file = io.open("$body")
wrk.method = "POST"
wrk.body = file:read("*a")
wrk.headers["Content-Type"] = "application/json"
EOF

taskset -c "$server_core" "$work/floor" --answer 204 >"$work/out" &
server=$!
until grep -q listening "$work/out"; do
  kill -0 "$server" 2>/dev/null || exit 1
  sleep 0.1
done
url=http://127.0.0.1:$(awk '/listening/ { print $2 }' "$work/out")/openrtb2/example

for run in $(seq 1 "$runs"); do
  taskset -c "$load_core" wrk -t1 -c"$connections" -d"${seconds}s" -s "$work/post.lua" "$url" |
    awk '/Requests\/sec/ { print $2 }' >>"$work/wrk"
  taskset -c "$load_core" "$nod_load" "$url" --closed --corpus "$body" --duration "${seconds}s" \
    --warm-up 200ms --connections "$connections" --quiet --json - |
    sed -E 's/.*"answered_rate":([0-9.]+).*/\1/' >>"$work/nod-load"
done

median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
range() { sort -n "$1" | awk 'NR == 1 { low = $1 } { high = $1 } END { printf "%.0f to %.0f", low, high }'; }
printf '%-10s %10.0f a second (%s)\n' wrk "$(median "$work/wrk")" "$(range "$work/wrk")"
printf '%-10s %10.0f a second (%s)\n' nod-load "$(median "$work/nod-load")" "$(range "$work/nod-load")"
awk -v a="$(median "$work/nod-load")" -v b="$(median "$work/wrk")" \
  'BEGIN { printf "nod-load / wrk %.3f\n", a / b }'
