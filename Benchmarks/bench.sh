#!/usr/bin/env bash
# Instructions, allocations and times of the decision, stage by stage; the first two are held to
# Benchmarks/thresholds.tsv.
#
#   Benchmarks/bench.sh          NOD, BENCH: release builds of nod and decision-benchmark
#
# What the environment may change: LINE_ITEMS ("10 1000 10000 100000"), USERS ("1000000 10000000":
# those of the times; instructions are counted with 100,000), COUNTED (6: requests whose
# instructions are counted), TIMED (100000: requests that are timed; 0 leaves times out), UPDATE=1
# (writes the thresholds anew), QUICK=1 (up to 1,000 line items, 100,000 users).
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
nod=$(realpath "${NOD:-$root/.build/release/nod}")
bench=${BENCH:-$root/.build/release/decision-benchmark}
if [ -n "${QUICK:-}" ]; then
  : "${LINE_ITEMS:=10 1000}" "${USERS:=100000}" "${TIMED:=20000}"
fi
line_items=${LINE_ITEMS:-10 1000 10000 100000}
users=${USERS:-1000000 10000000}
counted=${COUNTED:-6}
timed=${TIMED:-100000}
thresholds=$root/Benchmarks/thresholds.tsv
tolerance=3 # percent: users are hashed with a key of each world's own, so their buckets differ

name=bench
. "$root/scripts/server.sh"
for program in "$nod" "$bench"; do [ -x "$program" ] || die "no $program; run \`make bench\`"; done
command -v valgrind >/dev/null || die "valgrind is needed to count instructions"

own_folder
# valgrind gives up on the debug information of an optimised Swift executable.
strip -g -o "$work/stripped" "$bench"
"${CC:-cc}" -O2 -shared -fPIC -I "$root/Tests/AllocationCounter/include" -o "$work/counter.so" \
  "$root/Tests/AllocationCounter/AllocationCounter.c" -ldl

make_world() { # users, line items
  NOD=$nod "$root/Benchmarks/world/make-world" "$work/world-$1" "$2" "$1" 2>"$work/world.out" ||
    die "$(cat "$work/world.out")"
}

run() { # executable, mode, users, requests, more
  local executable=$1 mode=$2 people=$3 requests=$4
  shift 4
  "$executable" "$mode" --world "$work/world-$people" --requests "$requests" \
    --body "$root/Benchmarks/bodies/banner.json" "$@"
}

# Instructions of each stage a request, as lines of case, stage and figure; what a mark costs is
# taken off.
count_instructions() {
  local out=$work/callgrind
  rm -rf "$out"
  mkdir "$out"
  valgrind -q --tool=callgrind --instr-atstart=no "--callgrind-out-file=$out/part" \
    "$work/stripped" instructions --world "$work/world-100000" --requests "$counted" \
    --body "$root/Benchmarks/bodies/banner.json" >"$work/marks" 2>"$work/problems" ||
    die "$(cat "$work/problems")"
  grep -rhE '^(desc: Trigger: Client Request|totals)' "$out" |
    awk -v OFS='\t' -v requests="$counted" '
      FILENAME == ARGV[1] && $2 == "mark" { asked[++last] = $1; mark[last] = $3; name[last] = $4 }
      FILENAME == ARGV[1] { next }
      /^desc/ { sub(/.*mark-/, ""); at = $0 + 0; next }
      at != "" { sum[at] += $2; times[at]++; at = "" }
      END {
        for (n = 1; n <= last; n++)
          if (name[n] == "nothing") nothing = sum[mark[n]] / times[mark[n]]
        for (n = 1; n <= last; n++) {
          m = mark[n]
          if (name[n] == "nothing" || !times[m]) continue
          printf "%s\t%s\t%.0f\n", asked[n], name[n], (sum[m] - times[m] * nothing) / requests
        }
      }' "$work/marks" -
}

# What 10,000 requests more allocate more. Two processes differ by one or two before the first.
count_allocations() { # case
  local requests more total=()
  for requests in 1 10001; do
    rm -f "$work/allocations"
    SWIFT_DETERMINISTIC_HASHING=1 ALLOCATION_COUNTS=$work/allocations LD_PRELOAD=$work/counter.so \
      run "$bench" loop 100000 "$requests" --case "$1" >/dev/null
    # Each thread has a name of 16 bytes and a count of eight.
    total+=("$(od -An -v -t u8 -w24 "$work/allocations" | awk '{ sum += $3 } END { print sum }')")
  done
  more=$((total[1] - total[0]))
  printf '%s\tallocations\t%d\n' "$1" $((more > 4 ? more : 0))
}

measured_on
echo
printf '%-16s %10s %-12s %12s\n' case "line items" stage instructions
for items in $line_items; do
  make_world 100000 "$items"
  {
    count_instructions
    for asked in no-bid-unknown no-bid-known bid-unknown bid-known; do
      count_allocations "$asked"
    done
  } >"$work/counts"
  awk -F '\t' -v OFS='\t' -v items="$items" '{ print $1, items, $2, $3 }' "$work/counts" |
    tee -a "$work/figures" | awk -F '\t' '{ printf "%-16s %10d %-12s %12d\n", $1, $2, $3, $4 }'
done

# A row of each case: columns are the figures of the modes that were run, in their order.
show_times() { # users, line items, columns in a line
  awk -F '\t' -v people="$1" -v items="$2" '
    $1 != asked { if (asked != "") print line; asked = $1
      line = sprintf("%-16s %10d %10d", asked, items, people) }
    $2 ~ /^(mean|p50|p99|p99\.9|idle_p99\.9)$/ { line = line sprintf(" %10d", $3) }
    END { print line }'
}

if [ "$timed" -gt 0 ]; then
  echo
  echo "Nanoseconds of the thread's processor time a decision. warm: a thousand users in turns;"
  echo "each: up to a million, so that each finds its memory cold; cold: nothing is in a cache."
  echo "The last column is of a loop that takes as long as the median and does nothing."
  for how in warm each cold; do
    echo
    printf '%-16s %10s %10s %10s %10s %10s %10s %10s\n' "$how" "line items" users mean p50 p99 p99.9 \
      "idle p99.9"
    case $how in
      warm) options=(--users 1000) ;;
      each) options=() ;;
      cold) options=(--cold) ;;
    esac
    for people in $users; do
      for items in $line_items; do
        requests=$timed
        [ "$how" != cold ] || requests=$((timed > 2000 ? 2000 : timed))
        make_world "$people" "$items"
        run "$bench" times "$people" "$requests" "${options[@]}" | show_times "$people" "$items"
      done
    done
  done
fi

if [ -n "${UPDATE:-}" ]; then
  # What was not counted this time stays as it was.
  {
    printf '# case\tline items\tstage\tat most\n'
    { cat "$work/figures"; grep -v '^#' "$thresholds" 2>/dev/null || true; } |
      awk -F '\t' '!seen[$1, $2, $3]++' | sort -t $'\t' -k2,2n -k1,1 -k3,3
  } >"$work/thresholds"
  cp "$work/thresholds" "$thresholds"
  echo "wrote $thresholds"
fi
echo
"$root/Benchmarks/compare-thresholds" "$thresholds" "$work/figures" "$tolerance"
