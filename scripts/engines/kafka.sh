#!/usr/bin/env bash
# Apache Kafka 3.9.0 (Scala 2.13) with what it depends on, from Maven Central: 56 jars, 90 MB. Prints the folder of the jars; a
# broker is `java -cp FOLDER/*` with the main class kafka.Kafka (test/engines/kafka/broker.ts).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/cache.sh"
need java "Install a Java runtime of version 11 or later."
need mvn "Install Apache Maven: it fetches the jars."

fetch() {
  mvn -q -B -f "$here/kafka-pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$1"
}

install_once kafka-3.9.0 fetch
