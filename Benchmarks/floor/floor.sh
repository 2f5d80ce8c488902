#!/usr/bin/env bash
# CPU per request of nod beside a C server that does nothing, under the same load.
#
#   Benchmarks/floor/floor.sh          NOD=path of a release build of nod
#
# Both servers run one worker on one core, the load client on the other; their runs alternate and
# the medians are compared. CPU is that of all threads of the server's process, also of those that
# ended: user and system time of /proc/PID/stat, whose 10 ms are 0.3 % of a run. With two workers
# servers and client share both cores. What the environment may change: CASES ("unknown known bid
# gzip"), WORKERS ("1 2"), LINE_ITEMS (10000), USERS (10000000), WORLD (a folder that keeps users
# between runs; a temporary one), RUNS (5), SECONDS_EACH (4), CONNECTIONS (64), SERVER_CORE (0),
# LOAD_CORE (1). QUICK=1 is smaller and shorter. FLOOR_ONLY=1 compares the C server with itself: the
# noise of the machine. COMPARE=1 holds the throughput of bids against SwiftNIO with JSONDecoder:
# NIO is the path of a release build of nio-server.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
nod=${NOD:-$root/.build/release/nod}
if [ -n "${QUICK:-}" ]; then
  : "${LINE_ITEMS:=1000}" "${USERS:=100000}" "${WORKERS:=1}" "${RUNS:=1}" "${SECONDS_EACH:=2}"
fi
cases=${CASES:-unknown known bid gzip}
worker_counts=${WORKERS:-1 2}
line_items=${LINE_ITEMS:-10000}
users=${USERS:-10000000}
runs=${RUNS:-5}
seconds=${SECONDS_EACH:-4}
connections=${CONNECTIONS:-64}
server_core=${SERVER_CORE:-0}
load_core=${LOAD_CORE:-1}
floor_only=${FLOOR_ONLY:-}
compares=${COMPARE:-}
nio=${NIO:-$root/.build/release/nio-server}
body=$root/Benchmarks/bodies/banner.json

name=floor
. "$root/scripts/server.sh"

[ "$(nproc)" -ge 2 ] || die "two cores are needed: one for the server, one for the load"
[ -x "$nod" ] || die "no nod at $nod; run \`make floor\`"
[ -z "$compares" ] || [ -x "$nio" ] || die "no nio-server at $nio; run \`make floor COMPARE=1\`"

own_folder

for program in floor load; do
  "${CC:-cc}" -O2 -Wall -Wextra -pthread -o "$work/$program" "$root/Benchmarks/floor/$program.c" -lz
done

world=${WORLD:-$work/world}
mkdir -p "$world"
world=$(cd "$world" && pwd)
NOD=$nod "$root/Benchmarks/world/make-world" "$world" "$line_items" "$users"

# Each starts a server pinned to its cores and sets `server` (its process) and `port`.
start_listening() { # what it is, command
  local what=$1
  shift
  rm -f "$work/server.out"
  taskset -c "$server_cores" "$@" >"$work/server.out" &
  server=$!
  wait_for "$what" 10 grep -q listening "$work/server.out"
  port=$(awk '/listening/ { print $2 }' "$work/server.out")
}

start_floor() { # 204 or 200
  start_listening "the C server" "$work/floor" --answer "$1" --workers "$workers"
}

start_nio() { start_listening "the SwiftNIO server" "$nio" "$workers"; }

start_pinned_nod() { # with a new journal and the users that are there
  local folder=$work/nod
  rm -rf "$folder"
  mkdir -p "$folder/var"
  ln -s "$world/nod.yaml" "$world/catalog.yaml" "$folder"
  ln -s "$world/var/audience" "$folder/var/audience"
  start_nod "$folder" nod.yaml 60 env "NOD_BIDDER_WORKERS=$workers" taskset -c "$server_cores"
}

cpu_ns() { # the name in field 2 may hold blanks, so fields count from its closing parenthesis
  sed 's/.*) //' "/proc/$server/stat" | awk -v hz="$(getconf CLK_TCK)" \
    '{ printf "%.0f\n", ($12 + $13) * 1e9 / hz }'
}

load() { # path, file of ids, more options
  local path=$1 ids=$2
  shift 2
  taskset -c "$load_cores" "$work/load" --port "$port" --path "/openrtb2/$path" --body "$body" \
    --ids "$world/$ids" --connections "$connections" --seconds "$seconds" \
    --spin "$spin" "$@"
}

# One run: prints ns of CPU per request, requests per second and the server's share of a core.
measure() { # expected status, what `load` takes
  local before after result requests status=$1
  shift
  before=$(cpu_ns)
  result=$(load "$@")
  after=$(cpu_ns)
  requests=$(field requests "$result")
  case $result in
    *"\"status\":{\"$status\":$requests}"*) ;;
    *) die "wanted only status $status from $1, got $result" ;;
  esac
  awk -v ns=$((after - before)) -v n="$requests" -v rps="$(field rps "$result")" \
    -v s="$(field seconds "$result")" \
    'BEGIN { printf "%.0f %.0f %.0f\n", ns / n, rps, 100 * ns / (s * 1e9) }'
}

# A load out of nothing asks for more escrow than is there, until the ledger has looked: what is no
# bid for that is not measured.
warm_and_measure() { # expected status, what `load` takes
  local status=$1
  shift
  seconds=1 load "$@" >/dev/null
  measure "$status" "$@"
}

median() { # column, file
  awk -v column="$1" '{ print $column }' "$2" | sort -n | awk '{ v[NR] = $1 }
    END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

range() { # column, file
  awk -v column="$1" '{ print $column }' "$2" | sort -n | awk 'NR == 1 { low = $1 } { high = $1 }
    END { printf "%.2f–%.2f", low / 1000, high / 1000 }'
}

row() { # name, file
  printf '%-26s %8.2f   %-14s %9.0f %7.0f %%\n' "$1" \
    "$(awk -v ns="$(median 1 "$2")" 'BEGIN { print ns / 1000 }')" "$(range 1 "$2")" \
    "$(median 2 "$2")" "$(median 3 "$2")"
}

ratio() { # column, file, file
  awk -v a="$(median "$1" "$2")" -v b="$(median "$1" "$3")" 'BEGIN { printf "%.2f", a / b }'
}

# Runs two servers in turns: lines of figures in $work/first and $work/second.
alternate() { # label, how the first starts, how the second starts, what warm_and_measure takes
  local label=$1 first=$2 second=$3 run
  shift 3
  : >"$work/first"
  : >"$work/second"
  for run in $(seq 1 "$runs"); do
    printf '\r%s: run %s of %s ' "$label" "$run" "$runs" >&2
    $first
    warm_and_measure "$@" >>"$work/first"
    stop_server
    $second
    warm_and_measure "$@" >>"$work/second"
    stop_server
  done
  printf '\r%60s\r' '' >&2
}

compare() { # label, status, what `load` takes
  local label="$1, $workers" subject=nod second=start_pinned_nod
  shift
  if [ -n "$floor_only" ]; then
    subject="C again"
    second="start_floor $1"
  fi
  alternate "$label" "start_floor $1" "$second" "$@"
  row "C $1" "$work/first"
  row "$subject $label" "$work/second"
  printf '%-26s %8s\n\n' "$subject / C" "$(ratio 1 "$work/second" "$work/first")"
}

# The C server says how much faster than SwiftNIO the machine lets anyone be.
compare_with_nio() {
  local what="in requests a second,"
  alternate "bid, $workers" start_nio start_pinned_nod 200 open known-ids
  row "SwiftNIO bid, $workers" "$work/first"
  row "nod bid, $workers" "$work/second"
  printf '%-26s %8s %s %s in CPU a request\n\n' "nod / SwiftNIO" \
    "$(ratio 2 "$work/second" "$work/first")" "$what" "$(ratio 1 "$work/first" "$work/second")"
  alternate "C 200, $workers" start_nio "start_floor 200" 200 open known-ids
  row "C 200, $workers" "$work/second"
  printf '%-26s %8s %s %s in CPU a request\n\n' "C / SwiftNIO" \
    "$(ratio 2 "$work/second" "$work/first")" "$what" "$(ratio 1 "$work/first" "$work/second")"
}

run_case() { # case
  case $1 in
    unknown) compare "no-bid unknown" 204 strict unknown-ids ;;
    known) compare "no-bid known" 204 strict known-ids ;;
    bid) compare "bid" 200 open known-ids ;;
    gzip) compare "no-bid gzip" 204 strict unknown-ids --gzip 1 ;;
    *) die "unknown case $1" ;;
  esac
}

measured_on
echo "$connections connections, $runs runs of $seconds s each, $(wc -c <"$body") bytes a request"
echo "$line_items line items, $users users"
echo
printf '%-26s %8s   %-14s %9s %9s\n' "case, workers" "µs CPU" "range" "req/s" "of core"
for workers in $worker_counts; do
  server_cores=$server_core
  load_cores=$load_core
  spin=1 # a client that sleeps is woken at the server's expense
  if [ "$workers" -gt 1 ]; then
    server_cores=$server_core,$load_core
    load_cores=$server_cores
    spin=0
  fi
  if [ -n "$compares" ]; then
    compare_with_nio
  else
    for case in $cases; do run_case "$case"; done
  fi
done
