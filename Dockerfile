# puente in a container: a user without privileges, a root file system that may be read-only, a health check.
#   docker build -t puente-sic .
#   docker run -d --name puente --network host --read-only --tmpfs /tmp -v puente:/datos --restart unless-stopped puente-sic
# What it does step by step is tried without an engine by scripts/probar-instalacion/contenedor.sh.
FROM node:20.20.2-bookworm AS construir
WORKDIR /src
COPY . .
# The folder that needs nothing, as it is released: Node of its own, only what is run, from the lock file.
ARG SOURCE_DATE_EPOCH=0
RUN npm ci && npx tsx scripts/empaquetar.ts linux-x64 --salida /salida \
  && mkdir /puente && tar -xzf /salida/puente-*-linux-x64.tar.gz --strip-components=1 -C /puente

FROM debian:bookworm-slim
COPY --from=construir /puente /opt/puente
RUN ln -s /opt/puente/puente /usr/local/bin/puente \
  && useradd --system --uid 10001 --user-group --home-dir /datos --shell /usr/sbin/nologin puente \
  && install -d -o puente -g puente -m 0700 /datos
USER 10001:10001
WORKDIR /datos
ENV PUENTE_DATOS=/datos/estado
VOLUME /datos
EXPOSE 4350
# Whether it attends; whether all is well is GET /salud, for a monitor: a night that was lost is mended by no restart.
HEALTHCHECK --interval=60s --timeout=5s --start-period=30s --retries=3 \
  CMD ["/opt/puente/node/node", "-e", "fetch('http://127.0.0.1:4350/vivo').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["puente"]
CMD ["servir"]
