#!/usr/bin/env bash
# Turns the variables KAFKA_… into server.properties as apache/kafka does (`_` is a dot), formats the storage once, and
# becomes the broker.
set -euo pipefail

properties=/tmp/server.properties
env | sed -n 's/^KAFKA_\([A-Z0-9_]*\)=\(.*\)$/\1 \2/p' | while read -r name value; do
  case $name in
    HEAP_OPTS) ;; # for the Java machine, not for the broker
    *) printf '%s=%s\n' "$(tr 'A-Z_' 'a-z.' <<< "$name")" "$value" ;;
  esac
done > "$properties"

java -cp '/opt/kafka/libs/*' kafka.tools.StorageTool format --ignore-formatted \
  --cluster-id "${CLUSTER_ID:?set CLUSTER_ID}" --config "$properties"
# Heap options are several words on purpose.
# shellcheck disable=SC2086
exec java ${KAFKA_HEAP_OPTS:--Xms256m -Xmx512m} -XX:+ExitOnOutOfMemoryError \
  -Dlog4j2.configurationFile=/etc/kafka/log4j2.properties -cp '/opt/kafka/libs/*' kafka.Kafka "$properties"
