/**
 * 国科发火〔2016〕32号 第十一条 read a second time, in SQL over plain tables, from the regulations alone.
 * T is the year of the application; the score (七) is not part of this reading.
 *
 * - 一年 is 365 days; the record of (八) is the 365 days before the application.
 * - Years before the registration do not exist: R&D and sales count from the year of the registration.
 * - The figure collected for 高企 takes precedence over the one reported; one that exceeds its whole is not known.
 * - A denominator of 0 leaves the point to a person.
 */
export const HNTE_SQL = `
WITH c AS (
  SELECT company.*,
    CASE WHEN y1.employees < COALESCE(y1.tech_hnte, y1.tech) THEN NULL ELSE COALESCE(y1.tech_hnte, y1.tech) END AS tech1,
    y1.employees AS employees1, y1.income AS income1,
    CASE WHEN y1.hitech > y1.income THEN NULL ELSE y1.hitech END AS hitech1,
    registered IS NULL OR CAST(substr(registered, 1, 4) AS INTEGER) <= t - 2 AS need2,
    registered IS NULL OR CAST(substr(registered, 1, 4) AS INTEGER) <= t - 3 AS need3,
    y1.sales AS s1, y2.sales AS s2, y3.sales AS s3,
    COALESCE(y1.rd_hnte, y1.rd) AS r1, COALESCE(y2.rd_hnte, y2.rd) AS r2, COALESCE(y3.rd_hnte, y3.rd) AS r3,
    CASE WHEN y1.rd_domestic > COALESCE(y1.rd_hnte, y1.rd) THEN NULL ELSE y1.rd_domestic END AS d1,
    CASE WHEN y2.rd_domestic > COALESCE(y2.rd_hnte, y2.rd) THEN NULL ELSE y2.rd_domestic END AS d2,
    CASE WHEN y3.rd_domestic > COALESCE(y3.rd_hnte, y3.rd) THEN NULL ELSE y3.rd_domestic END AS d3
  FROM company
  LEFT JOIN figures y1 ON y1.id = company.id AND y1.year = t - 1
  LEFT JOIN figures y2 ON y2.id = company.id AND y2.year = t - 2
  LEFT JOIN figures y3 ON y3.id = company.id AND y3.year = t - 3
), sums AS (
  SELECT c.*,
    s1 + CASE WHEN need2 THEN s2 ELSE 0 END + CASE WHEN need3 THEN s3 ELSE 0 END AS sales,
    r1 + CASE WHEN need2 THEN r2 ELSE 0 END + CASE WHEN need3 THEN r3 ELSE 0 END AS rd,
    d1 + CASE WHEN need2 THEN d2 ELSE 0 END + CASE WHEN need3 THEN d3 ELSE 0 END AS domestic
  FROM c
), rights AS (
  -- Granted and in force on the day; a class II right that already carried an application is used up.
  SELECT ip.id, related FROM ip JOIN company ON company.id = ip.id
  WHERE granted <= on_day AND (until IS NULL OR until > on_day)
    AND (kind NOT IN ('utilityModel', 'design', 'softwareCopyright') OR used_on IS NULL OR used_on > on_day)
), incidents AS (
  -- 1: certainly one that bars; NULL: possibly.
  SELECT conduct.id,
    kind IN ('safety', 'quality', 'environment') AND severity IN ('major', 'extraordinary')
      AND conduct.on_day BETWEEN date(company.on_day, '-365 days') AND company.on_day AS bars
  FROM conduct JOIN company ON company.id = conduct.id
)
SELECT id,
  CASE resident WHEN 1 THEN 'met' WHEN 0 THEN 'unmet' ELSE 'unknown' END AS "resident",
  CASE WHEN registered IS NULL THEN 'unknown'
    WHEN julianday(on_day) - julianday(registered) >= 365 THEN 'met' ELSE 'unmet' END AS "registered-days",
  CASE WHEN ip_known = 0 THEN 'manual'
    WHEN EXISTS (SELECT 1 FROM rights WHERE rights.id = sums.id AND related = 1) THEN 'met'
    WHEN EXISTS (SELECT 1 FROM rights WHERE rights.id = sums.id AND related IS NULL) THEN 'manual'
    ELSE 'unmet' END AS "ip",
  CASE WHEN field IS NULL THEN 'manual' ELSE 'met' END AS "tech-field",
  CASE WHEN tech1 IS NULL OR employees1 IS NULL THEN 'unknown' WHEN employees1 = 0 THEN 'manual'
    WHEN 10 * tech1 >= employees1 THEN 'met' ELSE 'unmet' END AS "tech-staff-share",
  CASE WHEN rd IS NULL OR sales IS NULL THEN 'unknown' WHEN sales = 0 THEN 'manual'
    WHEN 100 * rd >= sales * CASE WHEN s1 <= 5000000000 THEN 5 WHEN s1 <= 20000000000 THEN 4 ELSE 3 END THEN 'met'
    ELSE 'unmet' END AS "rd-intensity",
  CASE WHEN domestic IS NULL OR rd IS NULL THEN 'unknown' WHEN rd = 0 THEN 'manual'
    WHEN 100 * domestic >= 60 * rd THEN 'met' ELSE 'unmet' END AS "rd-domestic-share",
  CASE WHEN hitech1 IS NULL OR income1 IS NULL THEN 'unknown' WHEN income1 = 0 THEN 'manual'
    WHEN 100 * hitech1 >= 60 * income1 THEN 'met' ELSE 'unmet' END AS "hi-tech-income-share",
  CASE WHEN conduct_known = 0 THEN 'unknown'
    WHEN EXISTS (SELECT 1 FROM incidents i WHERE i.id = sums.id AND bars) THEN 'unmet'
    WHEN EXISTS (SELECT 1 FROM incidents i WHERE i.id = sums.id AND bars IS NULL) THEN 'unknown'
    ELSE 'met' END AS "clean-record"
FROM sums ORDER BY id`;
