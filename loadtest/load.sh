#!/usr/bin/env bash
# Measures a fresh server with many synthetic users and line items under a scenario.
#
#   loadtest/load.sh [OPTIONS OF nod-load run]      NOD=path of nod, NOD_LOAD=path of nod-load
#
# What the environment may change: SCENARIO (loadtest/scenarios/standard.yaml), USERS (10000000),
# SEGMENTS (2000), MEAN (20 segments a user), RESULTS (loadtest/results). A run of the same users
# can keep them: DATA=FOLDER is filled when it is empty, and its users are used otherwise.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
nod=${NOD:-$root/.build/release/nod}
nod_load=${NOD_LOAD:-$root/.build/release/nod-load}
scenario=${SCENARIO:-$root/loadtest/scenarios/standard.yaml}
users=${USERS:-10000000}
segments=${SEGMENTS:-2000}
mean=${MEAN:-20}
results=${RESULTS:-$root/loadtest/results}

die() {
  echo "load: $*" >&2
  exit 1
}

for program in "$nod" "$nod_load"; do
  [ -x "$program" ] || die "no $program; run \`make load\`"
done
case $scenario in /*) ;; *) scenario=$PWD/$scenario ;; esac

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

is_ready() {
  local answer
  exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
  printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
  answer=$(timeout 2 head -n 1 <&3) || true
  exec 3<&- 3>&-
  case $answer in *" 200 "*) return 0 ;; *) return 1 ;; esac
}

data=${DATA:-$work/data}
mkdir -p "$data" "$results"
data=$(cd "$data" && pwd)
cp "$root/loadtest/nod.yaml" "$data/nod.yaml"
awk -v segments="$segments" -v prefix=synth: -f "$root/loadtest/catalog.awk" >"$data/catalog.yaml"
cd "$data"
made="users $users segments $segments mean $mean"
if [ ! -d var/audience ]; then
  echo "making $users users" >&2
  "$nod" audience synth --config nod.yaml --source synth --users "$users" \
    --segments "$segments" --mean "$mean" >&2
  echo "$made" >made
fi
[ "$(cat made 2>/dev/null)" = "$made" ] ||
  die "the users in $data are not all there, or others: remove the folder"

port=$(free_port)
until control=$(free_port) && [ "$control" != "$port" ]; do :; done
NOD_BIDDER_LISTEN=127.0.0.1:$port NOD_CONTROL_LISTEN=127.0.0.1:$control \
  NOD_BIDDER_PUBLIC_URL=http://127.0.0.1:$port \
  "$nod" serve --config nod.yaml >"$work/server.out" 2>&1 &
server=$!
tries=0
until is_ready 2>/dev/null; do
  tries=$((tries + 1))
  if [ "$tries" -ge 300 ] || ! kill -0 "$server" 2>/dev/null; then
    tail -n 20 "$work/server.out" >&2
    die "the server was not ready within a minute"
  fi
  sleep 0.2
done

cd "$root"
name=$(basename "$scenario" .yaml)-$(date -u +%Y%m%d-%H%M%S)
status=0
"$nod_load" run --scenario "$scenario" "http://127.0.0.1:$port/openrtb2/example" \
  --synthetic-users "$users" --target-pid "$server" --label "$(basename "$scenario" .yaml)" \
  --html "$results/$name.html" --json "$results/$name.json" --csv "$results/$name.csv" \
  --hgrm "$results/$name.hgrm" "$@" || status=$?
[ ! -e "$results/$name.html" ] || echo "report    $results/$name.html"
exit "$status"
