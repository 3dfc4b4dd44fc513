# Builds Drover from a checkout and runs it. State lives in the volume /data.
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends maven nodejs npm && rm -rf /var/lib/apt/lists/*
WORKDIR /drover
COPY pom.xml LICENSE ./
COPY build build
COPY src src
COPY workers workers
COPY rules rules
COPY workflows workflows
RUN mvn -B -ntp -DskipTests package

FROM eclipse-temurin:25-jre
RUN useradd --system --create-home --uid 10001 drover && install -d -o drover /data
WORKDIR /opt/drover
COPY --from=build /drover/target/drover.jar ./
COPY --from=build /drover/target/drover-exporter.jar ./exporter/
COPY --from=build /drover/target/engine ./engine
COPY rules rules
COPY workflows workflows
ENV DROVER_HOME=/data \
    DROVER_ENGINE_DISTRIBUTION=/opt/drover/engine/camunda-zeebe-8.5.8 \
    DROVER_ENGINE_EXPORTER=/opt/drover/exporter/drover-exporter.jar
USER drover
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "drover.jar"]
