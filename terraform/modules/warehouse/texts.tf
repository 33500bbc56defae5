# What is made here is written once, in bigquery/: columns and policy tags in schemas/, everything else about a table in the DDL of
# tables/, each view in views/. The texts are read, not repeated.

locals {
  source = "${path.module}/../../../bigquery"

  ddl = { for file in fileset("${local.source}/tables", "*.sql") : trimsuffix(file, ".sql") => file("${local.source}/tables/${file}") }

  # The clauses after the columns: PARTITION BY, CLUSTER BY, OPTIONS.
  tail = { for name, text in local.ddl : name => regex("(?s)\n\\)\n(.*);\\s*$", text)[0] }

  tables = {
    for name, tail in local.tail : name => {
      dataset          = split(".", name)[0]
      table            = split(".", name)[1]
      partition        = one([for match in regexall("PARTITION BY (\\w+)", tail) : match[0]])
      clustering       = flatten([for match in regexall("CLUSTER BY ([^\n]+)", tail) : [for column in split(",", match[0]) : trim(trimspace(column), "`")]])
      description      = jsondecode(format("\"%s\"", regex("description = \"((?:[^\"\\\\]|\\\\.)*)\"", tail)[0]))
      labels           = { for match in regexall("\\(\"(\\w+)\", \"([\\w-]+)\"\\)", tail) : match[0] => match[1] }
      expiration_days  = one([for match in regexall("partition_expiration_days = (\\d+)", tail) : tonumber(match[0])])
      partition_filter = length(regexall("require_partition_filter = TRUE", tail)) > 0
    }
  }

  view_text = {
    for file in fileset("${local.source}/views", "*.sql") :
    trimsuffix(file, ".sql") => replace(file("${local.source}/views/${file}"), "/(?m)^\\s*--[^\n]*\n/", "")
  }

  # The query, with each table named in full: a view that is made through the API has no project of its own.
  views = {
    for name, text in local.view_text : name => {
      dataset      = split(".", name)[0]
      table        = split(".", name)[1]
      materialized = startswith(text, "CREATE MATERIALIZED VIEW")
      description  = join(" ", [for match in regexall("(?m)^-- ([^\n]*)$", split("CREATE ", file("${local.source}/views/${name}.sql"))[0]) : match[0]])
      clustering   = flatten([for match in regexall("(?m)^CLUSTER BY ([^\n]+)", split(" AS\n", text)[0]) : [for column in split(",", match[0]) : trimspace(column)]])
      partition    = one([for match in regexall("(?m)^PARTITION BY (\\w+)", split(" AS\n", text)[0]) : match[0]])
      refresh      = one([for match in regexall("refresh_interval_minutes = (\\d+)", split(" AS\n", text)[0]) : tonumber(match[0])])
      sources      = distinct([for match in regexall("\\b(?:FROM|JOIN)\\s+((?:bronze|silver|gold|reference)\\.\\w+)", text) : match[0]])
      query = replace(
        regex("(?s)^.*?\\bAS\\s*\n(.*);\\s*$", text)[0],
        "/\\b(FROM|JOIN)\\s+(bronze|silver|gold|reference)\\.(\\w+)/",
        "$1 `${var.project}.$2.$3`",
      )
    }
  }

  materialized = { for name, view in local.views : name => view if view.materialized }
  logical      = { for name, view in local.views : name => view if !view.materialized }

  # A view can be made once what it reads is there, and for_each has no order: so one step of views over views after the other.
  first_views  = { for name, view in local.logical : name => view if length(setintersection(view.sources, keys(local.logical))) == 0 }
  second_views = { for name, view in local.logical : name => view if !contains(keys(local.first_views), name) }
}
