FROM node:20-slim AS build
WORKDIR /sloop
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npm run build \
 && chmod 755 dist/harness/cli/main.js \
 && npm pkg set "dependencies.redis=$(npm pkg get devDependencies.redis | tr -d \")" \
 && npm pkg delete devDependencies.redis \
 && npm prune --no-save --omit=dev --no-audit --no-fund

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /sloop
COPY --from=build /sloop/package.json ./
COPY --from=build /sloop/node_modules ./node_modules
COPY --from=build /sloop/dist ./dist
RUN ln -s /sloop/dist/harness/cli/main.js /usr/local/bin/sloop
USER node
EXPOSE 7070 9200 5601 5602
ENTRYPOINT ["sloop"]
CMD ["up", "--host", "0.0.0.0"]
