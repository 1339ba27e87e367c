#!/usr/bin/env bash
# The Debian package in a bare Debian of its own (debootstrap): installed, used, upgraded, removed, purged. Prints the
# minutes until the first accepted send. There is no systemd inside: its units are read, not started.
# Needs root, debootstrap, dpkg-deb, Debian's mirror; the folder's tarball is made unless it is given.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say() { printf '\n== %s\n' "$*"; }
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH

if [ $# -gt 0 ]; then tarball=$(realpath "$1"); else
  npx tsx scripts/empaquetar.ts linux-x64 --salida "$work"
  tarball=$(echo "$work"/puente-*-linux-x64.tar.gz)
fi
say 'made twice: the same bytes'
scripts/empaquetar/deb.sh "$tarball" "$work/una"
scripts/empaquetar/deb.sh "$tarball" "$work/otra"
for file in "$work"/una/*; do cmp "$file" "$work/otra/$(basename "$file")"; done
version=$(basename "$tarball" | sed 's/^puente-\(.*\)-linux-x64.*/\1/')
cp "$tarball" "$work/puente-$version+1-linux-x64.tar.gz"
scripts/empaquetar/deb.sh "$work/puente-$version+1-linux-x64.tar.gz" "$work/nueva"

say 'a bare Debian'
root=$work/debian
debootstrap --variant=minbase bookworm "$root" > "$work/debootstrap.log"
inside() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 chroot "$root" "$@"; }
must() { inside sh -c "$1" || { echo "not so: $1"; exit 1; }; }

say 'installed'
started=$(date +%s)
cp "$work"/una/*.deb "$work"/nueva/*.deb "$root/srv/"
inside dpkg -i "/srv/puente-sic_${version}_amd64.deb"
must "[ \"\$(puente --version)\" = '$version' ]"
must '[ "$(stat -c "%a %U" /var/lib/puente)" = "700 puente" ]'
must '[ "$(stat -c "%a %U" /etc/puente)" = "750 puente" ]'
must '[ "$(stat -c "%a %U" /etc/puente/entorno)" = "600 root" ]'
must 'grep -q "^ExecStart=/usr/bin/puente servir" /lib/systemd/system/puente.service'
must 'grep -q "^WakeSystem=true" /lib/systemd/system/puente-noche.timer'
inside runuser -u puente -- sh -c 'cd /tmp && puente demo' > "$work/demo.txt"
grep -m 3 -n 'acept' "$work/demo.txt"
echo "first accepted send after $((($(date +%s) - started + 59) / 60)) min"

say "the service's own command, and a state that it leaves"
inside sh -c 'cd /etc/puente && exec runuser -u puente -- env PUENTE_DATOS=/var/lib/puente puente servir --puerto 0 --json' > "$work/servir.json" &
service=$!
until [ -s "$work/servir.json" ]; do kill -0 "$service"; sleep 0.2; done
url=$(grep -o '"salud": *"[^"]*"' "$work/servir.json" | grep -o 'http[^"]*')
[ "$(curl --silent --output /dev/null --write-out '%{http_code}' "${url%salud}vivo")" = 200 ]
kill "$(pgrep -P "$service" -f puente || echo "$service")" 2> /dev/null || true
wait "$service" || true
must '[ "$(stat -c "%a %U" /var/lib/puente/puente.sqlite)" = "600 puente" ]'
must 'puente-servicio estado'

say 'upgraded: the state stays'
before=$(inside sha256sum /var/lib/puente/puente.sqlite)
inside dpkg -i "/srv/puente-sic_$version+1_amd64.deb"
[ "$before" = "$(inside sha256sum /var/lib/puente/puente.sqlite)" ]
must "dpkg-query -W puente-sic | grep -qF '$version+1'"
must 'puente-servicio estado'

say 'removed, and purged: what was sent is kept, and said'
inside dpkg -r puente-sic
must '[ ! -e /usr/lib/puente-sic ] && [ ! -e /usr/bin/puente ] && [ -e /var/lib/puente/puente.sqlite ]'
inside dpkg -P puente-sic > "$work/purga.txt"
grep -q 'sudo rm -r /var/lib/puente' "$work/purga.txt"
must '[ -e /var/lib/puente/puente.sqlite ]'

say 'purged where nothing was ever sent: nothing is left'
inside rm -r /var/lib/puente /etc/puente
inside userdel puente
inside dpkg -i "/srv/puente-sic_${version}_amd64.deb" > /dev/null
inside dpkg -P puente-sic > /dev/null
must '[ ! -e /var/lib/puente ] && [ ! -e /etc/puente ] && ! id puente 2> /dev/null'
say 'all of it works'
