#!/usr/bin/env bash
# Makes every image that docker-compose.yml names, but Grafana's, without an image registry: from Debian's packages and
# Maven Central's jars. Run as root on a Debian with docker.io and debootstrap; about five minutes and 3 GB.
# README.md beside this says what to do with them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
suite=${DEBIAN_SUITE:-trixie}
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
# `host` where the machine's packages come through a proxy that only the host reaches.
network=${BUILD_NETWORK:-default}
base=leakwatch-stand-in/debian:$suite
export DOCKER_BUILDKIT=1

make_base() {
  local root
  root=$(mktemp -d)
  # Read when the shell ends, and the folder is known now.
  # shellcheck disable=SC2064
  trap "rm -rf '$root'" EXIT
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$root" "$mirror" >&2
  # A company's certificate authority that this machine trusts is trusted in the images, too.
  find /usr/local/share/ca-certificates -name '*.crt' -exec cp {} "$root/usr/local/share/ca-certificates/" \;
  chroot "$root" update-ca-certificates >&2
  rm -rf "$root"/var/cache/apt/*.bin "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  tar -C "$root" -c . | docker import - "$base" >&2
}

docker image inspect "$base" >/dev/null 2>&1 || make_base
for name in node postgres kafka prometheus; do
  docker build --network "$network" --build-arg "BASE=$base" --file "$here/$name.Dockerfile" \
    --tag "leakwatch-stand-in/$name" "$here/.."
done
docker image ls 'leakwatch-stand-in/*'
