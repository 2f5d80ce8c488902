# A server of their own for scripts that measure: sourced after `set -euo pipefail`.
#
# `own_folder` makes `work`, a temporary folder that goes with the script, and the server with it.
# A server that is started is `server` (its process), `port` and perhaps `control`; its output is in
# "$work/server.out". `name` is what errors begin with, `root` the repository.

server=
# Other processes that are to end with the script.
companions=

die() {
  echo "$name: $*" >&2
  exit 1
}

own_folder() { # where; the temporary folder
  work=$(mktemp -d -p "${1:-${TMPDIR:-/tmp}}")
  trap 'kill $companions 2>/dev/null || true; stop_server; rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM
}

stop_server() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
  fi
}

wait_for() { # what to wait for, seconds, then a command that says whether it came
  local what=$1 tries=$(($2 * 10))
  shift 2
  until "$@" 2>/dev/null; do
    tries=$((tries - 1))
    if [ "$tries" -le 0 ] || ! kill -0 "$server" 2>/dev/null; then
      tail -n 20 "$work/server.out" >&2
      die "$what did not come"
    fi
    sleep 0.1
  done
}

# Starts the executable `nod` on ports that are free. Notices in its bids name the configured port:
# who sends them sends them to `port`.
start_nod() { # folder, configuration in it, seconds to become ready, then what runs nod (taskset …)
  local folder=$1 configuration=$2 seconds=$3
  shift 3
  # What the server before said is not to be taken for this one's.
  rm -f "$work/server.out"
  (
    cd "$folder"
    NOD_BIDDER_LISTEN=127.0.0.1:0 NOD_CONTROL_LISTEN=127.0.0.1:0 \
      exec "$@" "$nod" serve --config "$configuration"
  ) >"$work/server.out" 2>&1 &
  server=$!
  wait_for "nod's readiness within $seconds s" "$seconds" grep -q ' ready: bidder' "$work/server.out"
  port=$(listens_at bidder)
  control=$(listens_at control)
}

listens_at() { # bidder or control
  sed -nE "s/.* ready: .*$1 127\.0\.0\.1:([0-9]+).*/\1/p" "$work/server.out" | head -n 1
}

# The value of a member, a number, whose name occurs once in one line of JSON.
field() { # name, JSON
  sed -E "s/.*\"$1\":(-?[0-9.]+).*/\1/" <<<"$2"
}

# Day, commit and machine, in two lines.
measured_on() {
  local model commit
  model=$(lscpu | sed -n 's/^Model name: *//p' | head -n 1)
  commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo none)
  [ -z "$(git -C "$root" status --porcelain 2>/dev/null)" ] || commit="$commit, changed"
  echo "$(date -u +%Y-%m-%d), commit $commit"
  echo "$model, $(nproc) cores, Linux $(uname -r)"
}
