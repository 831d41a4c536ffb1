# Stands in for docker.io/node: Debian's Node and npm, and the ordinary user `node`.
ARG BASE
FROM ${BASE}
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 1000 --create-home node
# Node trusts the authorities that it was built with; this adds those of the machine.
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
CMD ["node"]
