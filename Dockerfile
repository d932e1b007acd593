# syntax=docker/dockerfile:1
FROM node:24.11.1-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs && npm prune --omit=dev --no-audit --no-fund

FROM node:24.11.1-bookworm-slim
# The embedded default, for a container that is given no REDIS_URL.
RUN apt-get update && apt-get install -y --no-install-recommends redis-server && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node /data
WORKDIR /app
COPY --from=build /build/package.json /build/LICENSE ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/openapi openapi
COPY --from=build /build/dist dist
COPY --from=build /build/examples/docker/image.yaml /etc/winnow/winnow.yaml
ENV NODE_ENV=production WINNOW_CONFIG=/etc/winnow/winnow.yaml WINNOW_DATA_DIR=/data WINNOW_LISTEN=0.0.0.0:9095
# It wants WINNOW_TOKEN from the environment, or a configuration of your own in the place of that file.
USER node
VOLUME /data
EXPOSE 9095
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:9095/-/healthy').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli/winnow.js"]
CMD ["serve"]
