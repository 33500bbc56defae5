# Sourced by the scripts beside it: where engines are kept, and how one is put there whole or not at all.
# Each script prints the path of what it installed as the only line on stdout, and returns at once when it is there.
ENGINES="${ENGINES_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/vitals-lakehouse/engines}"
mkdir -p "$ENGINES"

# install_once NAME COMMAND...: runs COMMAND with a fresh folder as its last argument, then gives the folder its name.
install_once() {
  local name=$1 target="$ENGINES/$1" fresh
  shift
  if [ ! -d "$target" ]; then
    echo "engines: installing $name (once; kept in the cache folder)" >&2
    fresh=$(mktemp -d "$ENGINES/.new-XXXXXX")
    if ! "$@" "$fresh" >&2; then
      rm -rf "$fresh"
      echo "engines: $name could not be installed" >&2
      return 1
    fi
    # Somebody else may have been first: theirs is as good.
    mv -T "$fresh" "$target" 2>/dev/null || rm -rf "$fresh"
  fi
  echo "$target"
}

# need PROGRAM REMEDY: ends with status 3 ("absent") when PROGRAM is not installed.
need() {
  command -v "$1" >/dev/null && return 0
  echo "engines: $1 is not installed. $2" >&2
  exit 3
}
