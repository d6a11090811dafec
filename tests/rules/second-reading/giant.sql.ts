/**
 * 工信部企业〔2026〕2号 附件2 read a second time, in SQL over plain tables, from the regulations alone.
 *
 * - 近两年营业收入复合增长率 ≥ 5 % is R(T−1) · 100² ≥ R(T−3) · 105²; a renewal is not examined for it.
 * - Years before the registration do not exist: their figures are 0 (300号 asks for a real year).
 * - Three niche years at the end of T−1 are the whole years T−3, T−2 and T−1: since 1 January T−3 at the latest.
 * - Of an enterprise that gives only the R&D collected for 高企, that figure stands; sales stand in for revenue in 300号.
 * - A renewal may show the score of this year or of the last.
 * - A denominator of 0 leaves the point to a person; of several open parts, what is not known comes first.
 */
import { BEFORE, figureOf } from './tables.ts';

const both = (a: string, b: string) =>
  `CASE WHEN ${a} = 'unmet' OR ${b} = 'unmet' THEN 'unmet' WHEN ${a} = 'unknown' OR ${b} = 'unknown' THEN 'unknown'
    WHEN ${a} = 'manual' OR ${b} = 'manual' THEN 'manual' ELSE 'met' END`;

export const GIANT_SQL = `
WITH y AS (
  SELECT company.id, back.n, ${['revenue', 'main', 'assets', 'liabilities', 'score'].map(figureOf).join(', ')},
    COALESCE(f.rd, f.rd_hnte, ${BEFORE}) AS rd
  FROM company JOIN back LEFT JOIN figures f ON f.id = company.id AND f.year = t - back.n
), c AS (
  SELECT company.*, y1.revenue AS v1, y2.revenue AS v2, y3.revenue AS v3, y1.main AS main1,
    y1.rd AS r1, y2.rd AS r2, y1.assets AS a1, y1.liabilities AS l1,
    y0.score AS score0, y1.score AS score1,
    CASE substr(on_day, 6) WHEN '02-29' THEN (t - 3) || '-02-28' ELSE (t - 3) || substr(on_day, 5) END AS since
  FROM company
  JOIN y y0 ON y0.id = company.id AND y0.n = 0 JOIN y y1 ON y1.id = company.id AND y1.n = 1
  JOIN y y2 ON y2.id = company.id AND y2.n = 2 JOIN y y3 ON y3.id = company.id AND y3.n = 3
), size AS (
  -- Large only where every bound of its row is reached; NULL while that is open.
  SELECT company.id, (x IS NULL OR employees >= x) AND (y IS NULL OR COALESCE(revenue, sales) >= y)
    AND (z IS NULL OR assets >= z) AS is_large
  FROM company JOIN large ON large.size_row = company.size_row
  LEFT JOIN figures f ON f.id = company.id AND f.year = t - 1
), rights AS (
  -- Class I, in force, not transferred in, among the first three holders, related and applied; NULL while open.
  SELECT ip.id,
    kind NOT IN ('utilityModel', 'design', 'softwareCopyright') AND granted <= on_day
      AND (until IS NULL OR until >= on_day) AND obtained <> 'transfer' AND holder <= 3 AS measured,
    related = 1 AND applied = 1 AS judged
  FROM ip JOIN company ON company.id = ip.id
), count AS (
  SELECT company.id,
    COUNT(*) FILTER (WHERE measured AND judged) AS sure,
    COUNT(*) FILTER (WHERE measured AND judged IS NOT 0) AS person,
    COUNT(*) FILTER (WHERE measured IS NOT 0 AND judged IS NOT 0) AS possible
  FROM company LEFT JOIN rights ON rights.id = company.id AND rights.id IS NOT NULL GROUP BY company.id
), awards AS (
  -- 近三年 by both readings, back from the day and by fiscal years; where they differ a person decides.
  SELECT award.id, kind = 'scienceAndTechnology' AND level = 'national' AND rank <= 3 AS fits,
    award.on_day BETWEEN since AND c.on_day AS rolling,
    CAST(substr(award.on_day, 1, 4) AS INTEGER) BETWEEN t - 3 AND t - 1 AS fiscal
  FROM award JOIN c ON c.id = award.id
), srdi AS (
  SELECT title.id, scheme = 'srdi' AND status = 'valid' AND granted <= on_day AND on_day <= valid_until AS holds
  FROM title JOIN company ON company.id = title.id
), incidents AS (
  SELECT conduct.id, conduct.on_day BETWEEN since AND c.on_day AND (kind = 'dataFraud'
      OR (kind = 'safety' AND severity IN ('larger', 'major', 'extraordinary'))
      OR (kind IN ('networkSecurity', 'environment', 'quality') AND severity IN ('major', 'extraordinary'))) AS bars
  FROM conduct JOIN c ON c.id = conduct.id
), parts AS (
  SELECT c.*,
    CASE WHEN ip_known = 0 THEN 'unknown' WHEN sure >= 4 THEN 'met' WHEN person >= 4 THEN 'manual'
      WHEN possible >= 4 THEN 'unknown' ELSE 'unmet' END AS four,
    CASE WHEN awards_known = 0 THEN 'unknown'
      WHEN EXISTS (SELECT 1 FROM awards WHERE awards.id = c.id AND fits AND rolling AND fiscal) THEN 'met'
      WHEN EXISTS (SELECT 1 FROM awards WHERE awards.id = c.id AND fits AND (rolling OR fiscal)) THEN 'manual'
      WHEN EXISTS (SELECT 1 FROM awards WHERE awards.id = c.id AND fits IS NOT 0
        AND (rolling IS NOT 0 OR fiscal IS NOT 0)) THEN 'unknown'
      ELSE 'unmet' END AS award,
    CASE WHEN share >= 100000 OR national_rank <= 3 THEN 'met'
      WHEN share IS NULL OR national_rank IS NULL THEN 'unknown' ELSE 'unmet' END AS place,
    CASE well_known WHEN 1 THEN 'met' WHEN 0 THEN 'unmet' ELSE 'manual' END AS fame,
    CASE WHEN r1 IS NULL OR v1 IS NULL THEN 'unknown' WHEN v1 = 0 THEN 'manual'
      WHEN 100 * r1 >= 3 * v1 THEN 'met' ELSE 'unmet' END AS each1,
    CASE WHEN r2 IS NULL OR v2 IS NULL THEN 'unknown' WHEN v2 = 0 THEN 'manual'
      WHEN 100 * r2 >= 3 * v2 THEN 'met' ELSE 'unmet' END AS each2
  FROM c JOIN count ON count.id = c.id
)
SELECT parts.id,
  CASE (SELECT is_large FROM size WHERE size.id = parts.id) WHEN 0 THEN 'met' WHEN 1 THEN 'unmet' ELSE 'unknown' END AS "sme-size",
  CASE WHEN conduct_known = 0 THEN 'unknown'
    WHEN EXISTS (SELECT 1 FROM incidents i WHERE i.id = parts.id AND bars) THEN 'unmet'
    WHEN EXISTS (SELECT 1 FROM incidents i WHERE i.id = parts.id AND bars IS NULL) THEN 'unknown'
    ELSE 'met' END AS "clean-record",
  CASE WHEN titles_known = 0 THEN 'unknown'
    WHEN EXISTS (SELECT 1 FROM srdi WHERE srdi.id = parts.id AND holds) THEN 'met'
    WHEN EXISTS (SELECT 1 FROM srdi WHERE srdi.id = parts.id AND holds IS NULL) THEN 'unknown'
    ELSE 'unmet' END AS "base-title",
  CASE WHEN niche_since IS NULL THEN 'unknown'
    WHEN niche_since <= (t - 3) || '-01-01' THEN 'met' ELSE 'unmet' END AS "niche-years",
  CASE WHEN v1 IS NULL THEN 'unknown' WHEN v1 >= 5000000000 THEN 'met' ELSE 'unmet' END AS "revenue",
  CASE WHEN v1 IS NULL OR main1 IS NULL THEN 'unknown' WHEN v1 = 0 THEN 'manual'
    WHEN 10 * main1 >= 9 * v1 THEN 'met' ELSE 'unmet' END AS "main-revenue-share",
  CASE WHEN v1 IS NOT NULL AND v3 > 0 AND 10000 * v1 >= 11025 * v3 THEN 'met' WHEN renewal THEN 'waived'
    WHEN v1 IS NULL OR v3 IS NULL THEN 'unknown' WHEN v3 = 0 THEN 'manual' ELSE 'unmet' END AS "revenue-cagr",
  CASE WHEN a1 IS NULL OR l1 IS NULL THEN 'unknown' WHEN a1 = 0 THEN 'manual'
    WHEN 100 * l1 <= 75 * a1 THEN 'met' ELSE 'unmet' END AS "debt-ratio",
  CASE WHEN r1 IS NULL OR r2 IS NULL THEN 'unknown' WHEN r1 + r2 >= 1200000000 THEN 'met' ELSE 'unmet' END AS "rd-total",
  ${both('each1', 'each2')} AS "rd-each-year",
  CASE WHEN four = 'met' THEN 'met' WHEN award = 'met' THEN 'waived' WHEN four = 'unmet' THEN award
    ELSE four END AS "ip",
  ${both('place', 'fame')} AS "market-position",
  CASE key_field WHEN 1 THEN 'met' WHEN 0 THEN 'unmet' ELSE 'manual' END AS "key-field",
  CASE WHEN score0 >= 6000 OR (renewal AND score1 >= 6000) THEN 'met'
    WHEN score0 IS NULL OR (renewal AND score1 IS NULL) THEN 'unknown' ELSE 'unmet' END AS "development-score"
FROM parts ORDER BY parts.id`;
