#!/usr/bin/env bash
# Flink 1.15 with Beam's runner and job server, as jars from Maven Central (154 MB). Prints the folder of the jars.
set -euo pipefail
here=$(dirname "$0")
# shellcheck source=cache.sh
source "$here/cache.sh"

# The name says what is inside: another pom or class needs another name.
NAME=flink-1.15-beam-2.49.0-a

need java 'Flink runs on Java: install a JDK, 11 or 17.'
[ -d "$ENGINES/$NAME" ] || need mvn 'The jars come from Maven Central: install Maven.'
[ -d "$ENGINES/$NAME" ] || need javac 'One class is compiled: install a JDK, not only a JRE.'

fetch_flink() {
  local classes
  nice -n 10 mvn --batch-mode --quiet -f "$here/flink/pom.xml" dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$1"
  classes=$(mktemp -d)
  javac -cp "$1/*" -d "$classes" "$here/flink/NoStaging.java"
  (cd "$classes" && jar --create --file "$1/vitals-no-staging.jar" .)
  rm -rf "$classes"
}

install_once "$NAME" fetch_flink
