#!/usr/bin/env bash
# What a server does with more than it can do, and beside clients that take their time.
#
#   loadtest/overload.sh          NOD=path of nod, NOD_LOAD=path of nod-load
#
# A server of one worker and 10,000 line items on one core, the generator on another. First the
# capacity: the highest rate at which 99 of 100 requests are answered within 10 ms. Then twice and
# five times that, with the patience of exchanges; then half of it, alone and beside slow clients.
# The goodput is what is answered within the deadline from its planned time; an answer is late by the
# time from its write. Exit code 1 where a goal is missed.
#
# So that one core can ask for five times what another can answer, a request is dear: gzipped, with
# IMPS (64) impressions of more than a KiB each, of which one can be bid for. What else the
# environment may change: PHASES (capacity twice fivefold slow), CAPACITY (requests a second, instead
# of looking for it), SECONDS_EACH (5), CONNECTIONS (4000), DEADLINE (100ms), PATIENCE (20ms: how long
# an exchange holds a request that finds no connection), SLOW_CLIENTS (1000), SERVER_CORE (0),
# LOAD_CORE (1).
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
nod=${NOD:-$root/.build/release/nod}
nod_load=${NOD_LOAD:-$root/.build/release/nod-load}
phases=${PHASES:-capacity twice fivefold slow}
capacity=${CAPACITY:-}
seconds=${SECONDS_EACH:-5}
connections=${CONNECTIONS:-4000}
deadline=${DEADLINE:-100ms}
patience=${PATIENCE:-20ms}
slow_clients=${SLOW_CLIENTS:-1000}
server_core=${SERVER_CORE:-0}
load_core=${LOAD_CORE:-1}
imps=${IMPS:-64}
body=$root/Benchmarks/bodies/banner.json

name=overload
. "$root/scripts/server.sh"
[ "$(nproc)" -ge 2 ] || die "two cores are needed: one for the server, one for the load"
for program in "$nod" "$nod_load"; do
  [ -x "$program" ] || die "no $program; run \`make overload\`"
done
own_folder
missed=0

# The request of the benchmarks with its impression several times, and much that nobody asks for in
# each. One is sold at a price that anybody pays: the answer stays as small as answers are.
write_request() {
  awk -v imps="$imps" '{
    start = index($0, "\"imp\":[") + 7
    end = index($0, "],\"site\"")
    imp = substr($0, start, end - start)
    rest = substr(imp, index(imp, ",\"banner\""))
    printf "%s", substr($0, 1, start - 1)
    for (n = 1; n <= 16; n++)
      data = data sprintf("{\"id\":\"%d\",\"name\":\"segment %d of a seller\",\"value\":\"0.%d\"},", \
        n * 7919, n, n * 613)
    sub(/"ext":\{/, "&\"data\":[" data "{}],", rest)
    for (n = 1; n <= imps; n++) {
      if (n == 2) sub(/"bidfloor":[0-9.]+/, "\"bidfloor\":900", rest)
      printf("%s{\"id\":\"%d\"%s", (n > 1 ? "," : ""), n, rest)
    }
    print substr($0, end)
  }' "$body" >"$work/request.json"
}

start_server() {
  local data=$work/data
  mkdir -p "$data"
  cp "$root/loadtest/nod.yaml" "$data/nod.yaml"
  awk -v segments=2000 -v prefix=synth: -f "$root/loadtest/catalog.awk" >"$data/catalog.yaml"
  start_nod "$data" nod.yaml 60 env NOD_BIDDER_WORKERS=1 taskset -c "$server_core"
  url=http://127.0.0.1:$port/openrtb2/example
}

generate() { # arguments of nod-load
  taskset -c "$load_core" "$nod_load" "$@" --corpus "$work/request.json" --gzip \
    --connections "$connections" --deadline "$deadline" --target-pid "$server"
}

find_capacity() {
  generate find-max "$url" --max-latency 10ms --from 1k --step 1500ms --settle 300ms \
    --json "$work/search.json" >&2 || die "no rate holds 10 ms"
  capacity=$(field found "$(cat "$work/search.json")")
}

# One line of figures: planned, sent, in time and bids a second, late of those sent, latencies from
# the write, and processors of the server.
measure() { # requests a second
  generate run "$url" --rate "$1" --duration "${seconds}s" --warm-up 1s --timeout 1s \
    --give-up "$patience" --quiet --json "$work/run.json" >/dev/null
  local json
  json=$(sed -E 's/"series":\[[^]]*\],//' "$work/run.json")
  echo "$(field planned_rate "$json") $(field sent_rate "$json") $(field goodput "$json")" \
    "$(sed -E 's/.*"outcomes":\{"bid":([0-9]+).*/\1/' <<<"$json")" "$(field late_share "$json")" \
    "$(sed -E 's/.*"service":\{[^}]*"p50":([0-9.]+),[^}]*"p99":([0-9.]+),.*/\1 \2/' <<<"$json")" \
    "$(field target_processors "$json")"
}

row() { # name, figures
  awk -v name="$1" -v capacity="$capacity" -v seconds="$seconds" '{
    printf "%-22s %8.0f %8.0f %8.0f %7.0f %% %8.0f %7.2f %% %7.1f %7.1f %7.2f\n", name, $1, $2, $3,
      100 * $3 / capacity, $4 / seconds, 100 * $5, $6 / 1000, $7 / 1000, $8 }' <<<"$2"
}

goal() { # what, whether it holds as awk sees it
  if awk "BEGIN { exit !($2) }"; then echo "  holds: $1"; else
    echo "  MISSED: $1"
    missed=1
  fi
}

overload() { # name, times the capacity, the least goodput as a share of the capacity
  local figures
  figures=$(measure "$(awk -v c="$capacity" -v t="$2" 'BEGIN { printf "%.0f", c * t }')")
  row "$1" "$figures"
  read -r _ _ goodput _ late _ <<<"$figures"
  goal "goodput at least $3 of the capacity" "$goodput >= $3 * $capacity"
  goal "late answers at most 2 % of those sent" "$late <= 0.02"
}

slow() {
  local half alone beside with clients
  half=$(awk -v c="$capacity" 'BEGIN { printf "%.0f", c / 2 }')
  alone=$(measure "$half")
  row "half, alone" "$alone"
  for with in head body answers; do
    taskset -c "$load_core" "$nod_load" slow "$url" --with "$with" --corpus "$body" \
      --clients "$slow_clients" --duration "$((seconds + 8))s" >"$work/slow.out" &
    clients=$!
    companions=$clients
    # The server ends bodies and answers that take 10 s: that falls into what is measured.
    sleep 6
    beside=$(measure "$half")
    wait "$clients" || die "the slow clients failed"
    companions=
    row "half, slow $with" "$beside"
    sed 's/^/  /' "$work/slow.out"
    goal "they cost good traffic less than 1 %" \
      "$(cut -d' ' -f3 <<<"$beside") > 0.99 * $(cut -d' ' -f3 <<<"$alone")"
  done
}

write_request
start_server
measured_on
echo "1 worker, 10,000 line items; $imps impressions in $(wc -c <"$work/request.json") bytes," \
  "$(gzip -2 <"$work/request.json" | wc -c) gzipped; $connections connections"
case " $phases " in *" capacity "*) [ -n "$capacity" ] || find_capacity ;; esac
[ -n "$capacity" ] || die "give CAPACITY, or let it be found"
echo "capacity: $(printf '%.0f' "$capacity") requests a second with p99 within 10 ms"
echo
printf '%-22s %8s %8s %8s %9s %8s %9s %7s %7s %7s\n' "a second" planned sent "in time" "of cap." \
  bids late "p50 ms" "p99 ms" server
for phase in $phases; do
  case $phase in
    capacity) ;;
    twice) overload "twice" 2 0.9 ;;
    fivefold) overload "five times" 5 0.8 ;;
    slow) slow ;;
    *) die "unknown phase $phase" ;;
  esac
done
echo
echo "p50 and p99 from the write; server: processors that it used"
exit "$missed"
