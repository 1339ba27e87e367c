#!/usr/bin/env bash
# The steps of the Dockerfile's last stage, done in a bare Debian of its own (debootstrap) where there is no engine: the same
# RUN lines, user, folder and health check, on a root file system that cannot be written. The image itself is built by CI.
# Needs root, debootstrap, unshare (mounts); the folder's tarball is made unless it is given.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
service=
trap 'if [ -n "$service" ]; then kill "$service" 2> /dev/null || true; fi; rm -rf "$work"' EXIT
say() { printf '\n== %s\n' "$*"; }
if [ $# -gt 0 ]; then tarball=$(realpath "$1"); else
  npx tsx scripts/empaquetar.ts linux-x64 --salida "$work"
  tarball=$(echo "$work"/puente-*-linux-x64.tar.gz)
fi

say 'a bare Debian'
started=$(date +%s)
root=$work/debian
debootstrap --variant=minbase bookworm "$root" > "$work/debootstrap.log"

say 'COPY and RUN of the last stage, as the Dockerfile has them'
mkdir -p "$root/opt/puente"
tar -xzf "$tarball" --strip-components=1 --no-same-owner -C "$root/opt/puente"
last=$(sed '1,/^FROM debian/d' Dockerfile)
run=$(printf '%s\n' "$last" | sed -n '/^RUN /,/[^\\]$/p' | sed 's/^RUN //; s/\\$//' | tr '\n' ' ')
[ -n "$run" ]
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" sh -euc "$run"
value() { printf '%s\n' "$last" | sed -n "s/^$1 //p"; }
user=$(value USER)
health=$(printf '%s\n' "$last" | sed -n 's/^  CMD \(\[.*\]\)$/\1/p')

say 'ENTRYPOINT and CMD, with nothing to write but /datos and /tmp'
inside=(env -i PATH=/usr/local/bin:/usr/bin:/bin "$(value ENV)" chroot "--userspec=$user" "$root")
mount --bind "$root" "$root"
mount -t tmpfs tmpfs "$root/tmp"
mkdir "$work/datos"
chown "$user" "$work/datos"
chmod 0700 "$work/datos"
mount --bind "$work/datos" "$root/datos"
mount -o remount,bind,ro "$root"
trap 'if [ -n "$service" ]; then kill "$service" 2> /dev/null || true; wait "$service" 2> /dev/null || true; fi; umount "$root/datos" "$root/tmp" "$root"; rm -rf "$work"' EXIT
if "${inside[@]}" sh -c 'echo x > /opt/puente/x' 2> /dev/null; then echo 'the root file system can be written'; exit 1; fi
"${inside[@]}" sh -c "cd $(value WORKDIR) && exec puente demo" > "$work/demo.txt"
grep -m 2 -n 'acept' "$work/demo.txt"
echo "first accepted send after $((($(date +%s) - started + 59) / 60)) min"
"${inside[@]}" sh -c "cd $(value WORKDIR) && exec puente servir" > "$work/servir.txt" 2>&1 &
service=$!
for _ in $(seq 120); do grep -q '^Salud:' "$work/servir.txt" && break; kill -0 "$service"; sleep 1; done
cat "$work/servir.txt"
node -p "JSON.parse(process.argv[1]).map((word) => word + '\0').join('')" "$health" | tr -d '\n' > "$work/salud"
mapfile -d '' -t check < "$work/salud"
"${inside[@]}" "${check[@]}"
[ "$(stat -c '%a' "$work/datos/estado")" = 700 ]
kill "$service"
wait "$service"
service=
if "${inside[@]}" "${check[@]}"; then echo 'the health check does not notice that nobody attends'; exit 1; fi
say 'all of it works'
