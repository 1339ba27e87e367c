#!/usr/bin/env bash
# A Debian package of the folder that needs nothing:  scripts/empaquetar/deb.sh puente-VERSION-linux-x64.tar.gz FOLDER
# SOURCE_DATE_EPOCH is the one time of all its files, as of the folder's; twice the same bytes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tarball=$(realpath "$1")
mkdir -p "$2"
salida=$(realpath "$2")
version=$(basename "$tarball" | sed 's/^puente-\(.*\)-linux-x64\.tar\.gz$/\1/')
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$here" log -1 --format=%ct)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/raiz

install -d "$root/usr/lib/puente-sic" "$root/usr/bin" "$root/usr/sbin" "$root/lib/systemd/system" \
  "$root/usr/share/doc/puente-sic" "$root/DEBIAN"
tar -xzf "$tarball" --strip-components=1 --no-same-owner -C "$root/usr/lib/puente-sic"
mv "$root/usr/lib/puente-sic/LICENSE" "$root/usr/share/doc/puente-sic/copyright"
rm "$root/usr/lib/puente-sic/LEAME.txt"
ln -s ../lib/puente-sic/puente "$root/usr/bin/puente"
install -m 0755 "$here/deb/puente-servicio" "$root/usr/sbin/puente-servicio"
for unit in "$here"/../../docs/systemd/puente*; do
  sed 's#/usr/local/bin/puente#/usr/bin/puente#' "$unit" > "$root/lib/systemd/system/$(basename "$unit")"
done
for script in postinst prerm postrm; do install -m 0755 "$here/deb/$script" "$root/DEBIAN/$script"; done
size=$(du -sk --apparent-size "$root" | cut -f1)
sed "s/@VERSION@/$version/; s/@SIZE@/$size/" "$here/deb/control" > "$root/DEBIAN/control"
chmod -R u=rwX,go=rX "$root"
find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zgzip --build "$root" "$salida/puente-sic_${version}_amd64.deb"
