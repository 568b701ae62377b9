# One image for the API and for the worker: the command of a container says which of them it is.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /earshot
COPY .npmrc package.json package-lock.json ./
RUN npm ci --no-audit --no-fund

FROM dependencies AS build
COPY . .
RUN npm run build

FROM dependencies AS production
# ONNX Runtime comes with its binaries for every platform: 288 MB, of which one platform needs 46.
RUN npm prune --omit=dev --no-audit --no-fund \
  && find node_modules/onnxruntime-node/bin -mindepth 3 -maxdepth 3 -type d \
    ! -path "*/linux/$(node -p process.arch)" -exec rm -r {} +

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /earshot
# A new volume takes the owner of the folder that it is mounted on.
RUN install -d -o node -g node /var/lib/earshot/objects
COPY --from=production /earshot/node_modules node_modules
COPY --from=build /earshot/dist dist
COPY package.json ./
COPY models models
USER node
CMD ["node", "--enable-source-maps", "dist/apps/api/src/main.js"]
