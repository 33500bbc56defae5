-- Messages and fields that were refused, by reason.
-- Chart: bars, most first; dimension reason, breakdown scope, metric rejects (SUM). Only where silver is loaded too.
-- Reads dead letters of the days chosen; no originals, which may identify a person.
SELECT receive_date, stage, reason, field, scope, COUNT(*) AS rejects
FROM silver.dead_letter
WHERE receive_date BETWEEN PARSE_DATE('%Y%m%d', @DS_START_DATE) AND PARSE_DATE('%Y%m%d', @DS_END_DATE)
GROUP BY receive_date, stage, reason, field, scope
