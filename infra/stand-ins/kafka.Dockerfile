# Stands in for docker.io/apache/kafka: Debian's Java and the broker's own jars, with the variables, the volume and the
# user that docker-compose.yml counts on. One broker in KRaft mode, no shell tools.
ARG BASE
FROM ${BASE} AS jars
RUN apt-get update && apt-get install -y --no-install-recommends maven && rm -rf /var/lib/apt/lists/*
COPY kafka-local/pom.xml /jars/
RUN mvn -q -B -f /jars/pom.xml dependency:copy-dependencies -DoutputDirectory=/jars/lib -DincludeScope=runtime

FROM ${BASE}
RUN apt-get update && apt-get install -y --no-install-recommends openjdk-21-jre-headless && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 1000 --create-home appuser \
  && install -d -o appuser -g appuser /var/lib/kafka/data
COPY --from=jars /jars/lib /opt/kafka/libs
# Not below /opt/kafka/config, which docker-compose.yml covers with an empty folder.
COPY kafka-local/log4j2.properties /etc/kafka/
COPY stand-ins/kafka-entrypoint.sh /usr/local/bin/
USER appuser
VOLUME /var/lib/kafka/data
EXPOSE 9092
ENTRYPOINT ["kafka-entrypoint.sh"]
