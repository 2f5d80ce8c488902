#!/usr/bin/env bash
# How long a billing notice waits for its answer, which comes once its booking is durable.
#
#   Benchmarks/notices/notices.sh          NOD=path of a release build of nod
#
# An open-loop client (notices.c) fires RATE notices a second for SECONDS_EACH at planned times,
# first alone, then beside a closed-loop client (floor/load.c) that asks for bids as fast as it is
# answered. Each run has a fresh server. Then the bids alone, for what they cost the journal. What
# the environment may change: RATE (1000), SECONDS_EACH (10), CONNECTIONS (64), BID_CONNECTIONS (8),
# DATA (a folder on the disk to be measured; the temporary folder).
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
nod=${NOD:-$root/.build/release/nod}
rate=${RATE:-1000}
seconds=${SECONDS_EACH:-10}
connections=${CONNECTIONS:-64}
bid_connections=${BID_CONNECTIONS:-8}
body=$root/Benchmarks/bodies/banner.json
path=/openrtb2/open

name=notices
. "$root/scripts/server.sh"
[ -x "$nod" ] || die "no nod at $nod; run \`make notices\`"
own_folder "${DATA:-}"

cc=${CC:-cc}
"$cc" -O2 -Wall -Wextra -o "$work/notices" "$root/Benchmarks/notices/notices.c"
"$cc" -O2 -Wall -Wextra -pthread -o "$work/load" "$root/Benchmarks/floor/load.c" -lz

get() { # port, path: the body
  exec 3<>"/dev/tcp/127.0.0.1/$1"
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
  timeout 5 cat <&3 || true
  exec 3<&- 3>&-
}

start_server() {
  local folder=$work/nod
  stop_server
  rm -rf "$folder"
  mkdir -p "$folder"
  ln -s "$root" "$folder/repository"
  start_nod "$folder" repository/Benchmarks/notices/nod.yaml 20
}

metric() { # series from its first character on: the sum of all that begin so
  get "$control" /metrics | awk -v name="$1" 'index($0, name) == 1 { sum += $NF }
    END { printf "%.0f\n", sum }'
}

# Ahead of others where that is allowed, so that it is not the client that is late.
ahead=()
if [ "$(nice -n -15 nice 2>/dev/null)" = -15 ]; then ahead=(nice -n -15); fi

fire() {
  "${ahead[@]}" "$work/notices" --port "$port" --path "$path" --body "$body" --rate "$rate" \
    --seconds "$seconds" --connections "$connections"
}

bid() { # seconds
  "$work/load" --port "$port" --path "$path" --body "$body" --connections "$bid_connections" \
    --seconds "$1"
}

row() { # name, bids a second, JSON
  awk -v name="$1" -v bids="$2" -v p50="$(field p50_us "$3")" -v p90="$(field p90_us "$3")" \
    -v p99="$(field p99_us "$3")" -v p999="$(field p999_us "$3")" -v most="$(field max_us "$3")" \
    -v late="$(field late_p99_us "$3")" 'BEGIN {
      printf "%-22s %8d %8.2f %8.2f %8.2f %8.2f %8.2f %8.2f\n", name, bids, p50 / 1000, p90 / 1000,
        p99 / 1000, p999 / 1000, most / 1000, late / 1000 }'
}

check() { # JSON
  case $1 in
    *"\"status\":{\"204\":$((rate * seconds))}"*) ;;
    *) die "wanted only status 204, got $1" ;;
  esac
}

alone() {
  local result
  start_server
  result=$(fire)
  check "$result"
  row "notices alone" 0 "$result"
}

beside_bids() {
  local result load
  start_server
  bid $((seconds + 4)) >"$work/load.out" &
  load=$!
  sleep 1
  result=$(fire)
  wait "$load"
  check "$result"
  row "notices beside bids" "$(field rps "$(cat "$work/load.out")")" "$result"
}

# Writes down the sizes of the journal's segments, which checkpoints cut, until it is killed.
watch_journal() {
  while :; do
    stat -c '%n %s' "$work"/nod/var/ledger/journal-*.log 2>/dev/null || true
    sleep 0.1
  done
}

# Bytes of all segments at their largest.
journal_bytes() {
  awk '$2 > most[$1] { most[$1] = $2 } END { for (name in most) sum += most[name]
    printf "%.0f\n", sum }' "$work/segments"
}

# Grants and bytes of journal for 1,000 bids whose notices never come.
bids_alone() {
  local before bytes grants result requests watcher
  start_server
  bid 1 >/dev/null
  watch_journal >"$work/segments" &
  watcher=$!
  companions=$watcher
  sleep 0.3
  before=$(journal_bytes)
  grants=$(metric nod_budget_grants_total)
  result=$(bid "$seconds")
  grants=$(($(metric nod_budget_grants_total) - grants))
  sleep 0.3
  kill "$watcher"
  companions=
  bytes=$(($(journal_bytes) - before))
  requests=$(field requests "$result")
  awk -v n="$requests" -v bytes="$bytes" -v grants="$grants" 'BEGIN {
    printf "%d bids without notices: %.3f grants and %.1f bytes of journal for 1,000 bids\n", n,
      grants * 1000 / n, bytes * 1000 / n }'
}

measured_on
echo "$rate billing notices a second for $seconds s on $connections connections," \
  "data on $(stat -f -c %T "$work")"
echo
printf '%-22s %8s %8s %8s %8s %8s %8s %8s\n' "ms from planned time" bids/s p50 p90 p99 p99.9 max \
  "client"
alone
beside_bids
echo
bids_alone
