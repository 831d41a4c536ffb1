#!/usr/bin/env bash
# Makes the data of an earlier version: its own code takes watch lists and posts, on a Postgres that is then dumped as SQL.
# Usage: make.sh CHECKOUT FILE.sql.gz     CHECKOUT is a working copy of that version after `npm run set-up`
# A key in LEAKWATCH_MASTER_KEY encrypts the data. README.md beside this says which files were made of what.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
checkout=$(cd "$1" && pwd)
target=$(realpath "$2")
programs=$(find /usr/lib/postgresql -path '*/bin/pg_dump' | sort -V | tail -n 1)
programs=$(dirname "$programs")
work=$(mktemp -d)
port=${PORT:-55439}
# Postgres refuses to run as root.
as_server=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$work"
  as_server=(setpriv --reuid postgres --regid postgres --clear-groups)
fi
up=
end() {
  [ -z "$up" ] || kill -9 "$up" 2>/dev/null || true
  "${as_server[@]}" "$programs/pg_ctl" -D "$work/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap end EXIT
cd /
"${as_server[@]}" "$programs/initdb" -D "$work/data" -U leakwatch --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null
"${as_server[@]}" "$programs/pg_ctl" -D "$work/data" -w -l "$work/log" \
  -o "-p $port -k $work -c listen_addresses=127.0.0.1 -c fsync=off" start >/dev/null
"${as_server[@]}" "$programs/createdb" -h 127.0.0.1 -p "$port" -U leakwatch earlier
export DATABASE_URL="postgres://leakwatch@127.0.0.1:$port/earlier"
# A version refuses settings that it does not know.
for setting in LEAKWATCH_CONSOLE_PORT=0 LEAKWATCH_POLL_PLATFORMS=none LEAKWATCH_CANARY=off; do
  if grep -rq --include='*.ts' "${setting%%=*}:" "$checkout/services"/*/*.ts; then export "${setting?}"; fi
done
leakwatch() { (cd "$checkout" && exec node infra/workspace/leakwatch.mjs "$@"); }

# Two versions of the list: names of the first are in use, the second adds one.
leakwatch watchlist import "$here/list-1.yaml"
leakwatch watchlist import "$here/list-2.yaml"
(cd "$checkout" && exec node infra/workspace/leakwatch.mjs up --source jsonl --posts "$here/posts.jsonl" \
  --media "$here/../../../fixtures/images/posts" --ops-port 0) >"$work/said" 2>&1 &
up=$!
for _ in $(seq 240); do
  grep -q 'everything is through' "$work/said" && break
  kill -0 "$up" || { cat "$work/said"; exit 1; }
  sleep 0.5
done
grep 'everything is through' "$work/said"
kill -TERM "$up"
wait "$up"
up=
incident=$(leakwatch alerts --json | node -e '
  const lines = require("node:fs").readFileSync(0, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  console.log(lines.find(({ creatorId }) => creatorId === "ana").id)')
leakwatch verdict "$incident" confirmed --reason 'a week early' --by kim
# Commands to psql begin with a backslash; everything else is SQL.
"${as_server[@]}" "$programs/pg_dump" -h 127.0.0.1 -p "$port" -U leakwatch --no-owner --no-privileges --rows-per-insert=200 earlier |
  sed '/^\\/d; /^--/d; /^$/d' | gzip -9n >"$target"
ls -l "$target"
