/**
 * 国科发火〔2016〕32号 第十一条 read a second time, in SQL over plain tables, from the regulations alone.
 * T is the year of the application; the score (七) is not part of this reading.
 *
 * - 一年 is 365 days; the record of (八) is the 365 days before the application.
 * - Years before the registration do not exist: their figures are 0, so that the sums are those of actual operation.
 * - The figure collected for 高企 takes precedence over the one reported; one that exceeds its whole is not known.
 * - A denominator of 0 leaves the point to a person.
 */
import { BEFORE, figureOf } from './tables.ts';

export const HNTE_SQL = `
WITH y AS (
  SELECT company.id, back.n, ${figureOf('employees')}, ${figureOf('sales')}, ${figureOf('income')},
    COALESCE(CASE WHEN tech_hnte > f.employees THEN NULL ELSE tech_hnte END,
      CASE WHEN tech > f.employees THEN NULL ELSE tech END, ${BEFORE}) AS tech,
    CASE WHEN hitech > f.income THEN NULL ELSE COALESCE(hitech, ${BEFORE}) END AS hitech,
    COALESCE(rd_hnte, rd, ${BEFORE}) AS rd,
    CASE WHEN rd_domestic > COALESCE(rd_hnte, rd) THEN NULL ELSE COALESCE(rd_domestic, ${BEFORE}) END AS domestic
  FROM company JOIN back LEFT JOIN figures f ON f.id = company.id AND f.year = t - back.n
  WHERE back.n BETWEEN 1 AND 3
), sums AS (
  -- SUM skips what is NULL: a sum of three counts only where all three are known.
  SELECT company.*, last.employees AS employees1, last.tech AS tech1, last.income AS income1, last.hitech AS hitech1,
    last.sales AS s1, three.sales, three.rd, three.domestic
  FROM company JOIN y last ON last.id = company.id AND last.n = 1
  JOIN (SELECT id, CASE COUNT(sales) WHEN 3 THEN SUM(sales) END AS sales,
      CASE COUNT(rd) WHEN 3 THEN SUM(rd) END AS rd,
      CASE COUNT(domestic) WHEN 3 THEN SUM(domestic) END AS domestic FROM y GROUP BY id) three ON three.id = company.id
), rights AS (
  -- Granted and in force on the day; a class II right that already carried an application is used up.
  SELECT ip.id, related FROM ip JOIN company ON company.id = ip.id
  WHERE granted <= on_day AND (until IS NULL OR until >= on_day)
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
