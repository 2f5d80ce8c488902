#!/usr/bin/env bash
# CPU per request of nod beside a C server that does nothing, under the same load.
#
#   Benchmarks/floor/floor.sh          NOD=path of a release build of nod
#
# Both servers run one worker on one core, the load client on the other; their runs alternate and
# the medians are compared. CPU is that of all threads of the server's process, also of those that
# ended: user and system time of /proc/PID/stat, whose 10 ms are 0.3 % of a run. What the
# environment may change: RUNS (5), SECONDS_EACH (4), CONNECTIONS (64), SERVER_CORE (0),
# LOAD_CORE (1), CASES ("no-bid bid"). FLOOR_ONLY=1 compares the C server with itself: the noise
# of the machine.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
nod=${NOD:-$root/.build/release/nod}
runs=${RUNS:-5}
seconds=${SECONDS_EACH:-4}
connections=${CONNECTIONS:-64}
server_core=${SERVER_CORE:-0}
load_core=${LOAD_CORE:-1}
cases=${CASES:-no-bid bid}
floor_only=${FLOOR_ONLY:-}
body=$root/Benchmarks/bodies/banner.json

die() {
  echo "floor: $*" >&2
  exit 1
}

[ "$(nproc)" -ge 2 ] || die "two cores are needed: one for the server, one for the load"
[ -n "$floor_only" ] || [ -x "$nod" ] || die "no nod at $nod; run \`make floor\`"

work=$(mktemp -d)
server=
stop_server() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
  fi
}
trap 'stop_server; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

for program in floor load; do
  "${CC:-cc}" -O2 -Wall -Wextra -pthread -o "$work/$program" "$root/Benchmarks/floor/$program.c"
done

# Ids that no file has, as long as the body's; the same in every run.
awk 'BEGIN {
  srand(7)
  for (n = 0; n < 20000; n++) {
    id = "9"
    for (digit = 1; digit < 38; digit++) id = id int(rand() * 10)
    print id
  }
}' >"$work/ids"

# A port that is free now.
free_port() {
  local port
  for port in $(shuf -i 20000-30000 -n 50); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  die "no free port"
}

wait_for() { # what to wait for, then a command
  local what=$1 tries=0
  shift
  until "$@" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -ge 100 ] || ! kill -0 "$server" 2>/dev/null; then
      tail -n 20 "$work/server.out" >&2
      die "$what did not come within 20 s"
    fi
    sleep 0.2
  done
}

is_ready() {
  local answer
  exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
  printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
  answer=$(timeout 2 head -n 1 <&3) || true
  exec 3<&- 3>&-
  case $answer in *" 200 "*) return 0 ;; *) return 1 ;; esac
}

# Each starts a server pinned to its core and sets `server` (its process) and `port`.
start_floor() { # 204 or 200
  rm -f "$work/server.out"
  taskset -c "$server_core" "$work/floor" --answer "$1" >"$work/server.out" &
  server=$!
  wait_for "the C server" grep -q listening "$work/server.out"
  port=$(awk '/listening/ { print $2 }' "$work/server.out")
}

start_nod() {
  local folder=$work/nod control
  rm -rf "$folder"
  mkdir -p "$folder"
  ln -s "$root" "$folder/repository"
  port=$(free_port)
  control=$(free_port)
  (
    cd "$folder"
    NOD_BIDDER_LISTEN=127.0.0.1:$port NOD_CONTROL_LISTEN=127.0.0.1:$control \
      NOD_BIDDER_PUBLIC_URL=http://127.0.0.1:$port \
      exec taskset -c "$server_core" "$nod" serve --config repository/Benchmarks/floor/nod.yaml
  ) >"$work/server.out" 2>&1 &
  server=$!
  wait_for "nod's readiness" is_ready
  # Users of the quickstart, so that a stranger is looked up in a real index.
  mkdir -p "$folder/inbox/aam"
  cp "$root"/examples/quickstart/audience/aam/*_full_* "$folder/inbox/aam/"
  wait_for "the ingest of the audience" \
    sh -c "ls '$folder'/inbox/aam/done/*.report.json >/dev/null 2>&1"
}

cpu_ns() { # the name in field 2 may hold blanks, so fields count from its closing parenthesis
  sed 's/.*) //' "/proc/$server/stat" | awk -v hz="$(getconf CLK_TCK)" \
    '{ printf "%.0f\n", ($12 + $13) * 1e9 / hz }'
}

field() { # name, JSON
  sed -E "s/.*\"$1\":([0-9.]+).*/\1/" <<<"$2"
}

load() { # path
  taskset -c "$load_core" "$work/load" --port "$port" --path "$1" --body "$body" \
    --ids "$work/ids" --connections "$connections" --seconds "$seconds"
}

# One run: prints ns of CPU per request, requests per second and the server's share of its core.
measure() { # path, expected status
  local before after result requests
  before=$(cpu_ns)
  result=$(load "$1")
  after=$(cpu_ns)
  requests=$(field requests "$result")
  case $result in
    *"\"status\":{\"$2\":$requests}"*) ;;
    *) die "wanted only status $2 at $1, got $result" ;;
  esac
  awk -v ns=$((after - before)) -v n="$requests" -v rps="$(field rps "$result")" \
    -v s="$(field seconds "$result")" \
    'BEGIN { printf "%.0f %.0f %.0f\n", ns / n, rps, 100 * ns / (s * 1e9) }'
}

# A load out of nothing asks for more escrow than is there, until the ledger has looked: what is no
# bid for that is not measured.
warm_and_measure() { # path, expected status
  seconds=1 load "$1" >/dev/null
  measure "$@"
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

compare() { # case, status, path
  local floor_runs=$work/$1.floor nod_runs=$work/$1.nod subject=nod run
  [ -z "$floor_only" ] || subject="C again,"
  : >"$floor_runs"
  : >"$nod_runs"
  for run in $(seq 1 "$runs"); do
    printf '\r%s: run %s of %s ' "$1" "$run" "$runs" >&2
    start_floor "$2"
    warm_and_measure "$3" "$2" >>"$floor_runs"
    stop_server
    if [ -n "$floor_only" ]; then start_floor "$2"; else start_nod; fi
    warm_and_measure "$3" "$2" >>"$nod_runs"
    stop_server
  done
  printf '\r%30s\r' '' >&2
  row "C $2" "$floor_runs"
  row "$subject $1" "$nod_runs"
  printf '%-26s %8.2f\n\n' "$subject $1 / C $2" \
    "$(awk -v a="$(median 1 "$nod_runs")" -v b="$(median 1 "$floor_runs")" 'BEGIN { print a / b }')"
}

model=$(lscpu | sed -n 's/^Model name: *//p' | head -n 1)
commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo none)
[ -z "$(git -C "$root" status --porcelain 2>/dev/null)" ] || commit="$commit, changed"
echo "$(date -u +%Y-%m-%d), commit $commit"
echo "$model, $(nproc) cores, Linux $(uname -r)"
echo "$connections connections, $runs runs of $seconds s each, $(wc -c <"$body") bytes a request"
echo
printf '%-26s %8s   %-14s %9s %9s\n' "" "µs CPU" "range" "req/s" "of core"
for name in $cases; do
  case $name in
    no-bid) compare "no-bid unknown" 204 /openrtb2/unknown ;;
    bid) compare "bid" 200 /openrtb2/open ;;
    *) die "unknown case $name" ;;
  esac
done
