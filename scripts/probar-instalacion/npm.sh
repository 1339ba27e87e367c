#!/usr/bin/env bash
# The published packages, as they would be on npm, installed in an empty project and used there: the command answers,
# the demonstration sends, the sandbox, a configuration of one's own and the panel's service work. Built packages are
# taken from this repository; what they depend on comes from npm. Prints the minutes until the first accepted send.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
service=
trap 'if [ -n "$service" ]; then kill "$service" 2>/dev/null || true; fi; rm -rf "$work"' EXIT
say() { printf '\n== %s\n' "$*"; }

say 'packing'
mkdir "$work/paquetes" "$work/proyecto"
for name in protocol client store sources engine app gestor panel cli; do
  npm pack --silent --workspace "packages/$name" --pack-destination "$work/paquetes"
done
du -h "$work"/paquetes/*.tgz

cd "$work/proyecto"
started=$(date +%s)
say 'installing in an empty project'
npm init --yes > /dev/null
npm install --no-fund --no-audit "$work"/paquetes/*.tgz 2>&1 | tail -5
du -sh node_modules

say 'npx puente-sic --version, npx puente --version'
npx --no-install puente-sic --version
npx --no-install puente --version

say 'npx puente demo'
npx --no-install puente demo > demo.txt
grep -n 'acept' demo.txt | head -3
grep -qF "$work/proyecto/node_modules/puente-sic/examples/" demo.txt || grep -qF 'node_modules/puente-sic/examples/' demo.txt
echo "first accepted send after $((($(date +%s) - started + 59) / 60)) min"

say 'a sandbox, and a send of the example data to it'
node_modules/.bin/puente gestor servir --puerto 0 --json --datos ./gestor \
  --registro node_modules/puente-sic/examples/registro-demo.json > gestor.json &
service=$!
until [ -s gestor.json ]; do kill -0 "$service"; sleep 0.2; done
url=$(node -p 'JSON.parse(require("fs").readFileSync("gestor.json", "utf8")).url')
sed "s#^gestor:.*#gestor: $url#" node_modules/puente-sic/examples/puente.yaml > puente.yaml
cp -r node_modules/puente-sic/examples/otec-demo-ayer node_modules/puente-sic/examples/otec-demo .
SENCE_TOKEN=$(node -p 'JSON.parse(require("fs").readFileSync("node_modules/puente-sic/examples/registro-demo.json", "utf8")).otecs[0].token')
export SENCE_TOKEN
npx --no-install puente probar
npx --no-install puente enviar --archivo otec-demo-ayer | tail -5

say 'types for every module mode'
cp "$OLDPWD/packages/client/README.md" . 2>/dev/null || true
printf 'import { GestorClient } from "@puente-sic/client";\nnew GestorClient({ baseUrl: "http://x", credenciales: { rutOtec: "76543210-3", token: "t" } });\n' > uso.mts
sed 's/^import .*/import client = require("@puente-sic\/client");/; s/new GestorClient/new client.GestorClient/' uso.mts > uso.cts
npm install --no-fund --no-audit typescript@5.9 @types/node@20 > /dev/null 2>&1
npx --no-install tsc --noEmit --strict --skipLibCheck false --module node16 --target es2022 uso.mts uso.cts
npx --no-install tsc --noEmit --strict --module esnext --moduleResolution bundler --target es2022 uso.mts
say 'all of it works'
