#!/usr/bin/env bash
# Google's own SQL analyzer (ZetaSQL) with its reference engine, as npm carries it: a program for Linux on x64 or arm64 with glibc
# that answers gRPC, and its protocol files (87 MB). Prints their folder. No dependency of the project: only tests call it.
set -euo pipefail
source "$(dirname "$0")/../engines/cache.sh"
VERSION=1.13.0
INTEGRITY=sha512-yX9Apa968np2Tc+Hrf4Bf6Gz77kQVLIDLaNwovM91VBwyDTDF1C6oglUqmlU6Fe5/TVCExsnIueWiPahrYEITQ==

case "$(uname -s) $(uname -m)" in
  "Linux x86_64") server=remote_server.so ;;
  "Linux aarch64") server=remote_server_arm.so ;;
  *)
    echo "engines: the SQL analyzer is there for Linux on x64 and arm64 only." >&2
    exit 3
    ;;
esac
need npm "Install Node.js with npm."
need openssl "Install openssl, by which the archive is checked."

# The package has no install script and is not installed: what is needed is taken out of its archive.
unpack() {
  local archive
  archive=$(cd "$1" && npm pack --silent "@fivetrandevelopers/zetasql@$VERSION" | tail -n 1)
  if [ "sha512-$(openssl dgst -sha512 -binary "$1/$archive" | base64 -w 0)" != "$INTEGRITY" ]; then
    echo "@fivetrandevelopers/zetasql@$VERSION is not the archive that was pinned" >&2
    return 1
  fi
  tar -xzf "$1/$archive" -C "$1" --strip-components=3 "package/lib/zetasql/$server" package/lib/zetasql/protos
  rm "$1/$archive"
  mv "$1/$server" "$1/server"
  chmod +x "$1/server"
}

install_once "zetasql-$VERSION" unpack
