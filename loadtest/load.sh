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

name=load
. "$root/scripts/server.sh"
for program in "$nod" "$nod_load"; do
  [ -x "$program" ] || die "no $program; run \`make load\`"
done
case $scenario in /*) ;; *) scenario=$PWD/$scenario ;; esac

own_folder
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

start_nod "$data" nod.yaml 60

cd "$root"
result=$results/$(basename "$scenario" .yaml)-$(date -u +%Y%m%d-%H%M%S)
status=0
"$nod_load" run --scenario "$scenario" "http://127.0.0.1:$port/openrtb2/example" \
  --synthetic-users "$users" --target-pid "$server" --label "$(basename "$scenario" .yaml)" \
  --html "$result.html" --json "$result.json" --csv "$result.csv" \
  --hgrm "$result.hgrm" "$@" || status=$?
[ ! -e "$result.html" ] || echo "report    $result.html"
exit "$status"
