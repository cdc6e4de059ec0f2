# docker build -t voice .    (deploy/compose.yaml runs it)
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source
COPY . .
RUN dotnet publish src/Voice.Api -c Release -a "$TARGETARCH" --self-contained -o /app

# Debian's own packages of what jobs run; the program brings its runtime along.
FROM debian:bookworm-slim
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
      ca-certificates curl ffmpeg libpocketsphinx3 libssl3 libstdc++6 pocketsphinx-en-us tzdata zlib1g \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /data voice
COPY --from=build /app /app
RUN ln -s /app/Voice.Api /usr/local/bin/voice
WORKDIR /app
# Folders that must outlive the container: mount a volume at /data.
ENV Urls=http://+:8080 \
    ConnectionStrings__Voice="Data Source=/data/voice.db" \
    Audio__Folder=/data/audio \
    Sandbox__Folder=/data/sandbox
USER 10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/health/live"]
# SIGTERM ends it within ten seconds.
ENTRYPOINT ["/app/Voice.Api"]
