-- DropIndex
DROP INDEX "StockChange_day_idx";

-- CreateIndex
CREATE INDEX "StockChange_lane_day_idx" ON "StockChange"("lane", "day");

-- Being on record is counted in the stock from now on: booked for all on record, as `tidu rebuild` would.
INSERT INTO "StockChange" ("lane", "scheme", "state", "parkId", "day", "delta")
WITH "member" AS (
  SELECT "e"."id", coalesce("e"."registeredOn", '0001-01-01') AS "registeredOn",
    CASE WHEN "p"."id" IS NULL THEN coalesce("e"."parkId", 0) ELSE CAST("p"."state" AS INTEGER) END AS "parkId",
    coalesce("p"."fromOn", '0001-01-01') AS "fromOn", "p"."toOn",
    json_extract("s"."snapshot", '$.gone.on') AS "goneOn"
  FROM "Enterprise" "e"
  LEFT JOIN "MachineSnapshot" "s" ON "s"."enterpriseId" = "e"."id"
  LEFT JOIN "Span" "p" ON "p"."enterpriseId" = "e"."id" AND "p"."lane" = 'park' AND "p"."scheme" = 'park'
  WHERE "e"."mergedIntoId" IS NULL
), "stay" AS (
  SELECT "parkId", max("fromOn", "registeredOn") AS "fromOn",
    min(coalesce("toOn", "goneOn"), coalesce("goneOn", "toOn")) AS "toOn" FROM "member"
), "change" AS (
  SELECT "parkId", "fromOn" AS "day", 1 AS "delta" FROM "stay" WHERE "toOn" IS NULL OR "fromOn" < "toOn"
  UNION ALL
  SELECT "parkId", "toOn", -1 FROM "stay" WHERE "toOn" IS NOT NULL AND "fromOn" < "toOn"
)
SELECT 'presence', '', 'here', "parkId", "day", sum("delta") FROM "change"
GROUP BY "parkId", "day" HAVING sum("delta") <> 0;

INSERT INTO "StockQuarter" ("lane", "scheme", "state", "parkId", "quarter", "delta")
SELECT "lane", "scheme", "state", "parkId",
  substr("day", 1, 4) || 'Q' || ((CAST(substr("day", 6, 2) AS INTEGER) + 2) / 3), sum("delta")
FROM "StockChange" WHERE "lane" = 'presence'
GROUP BY 1, 2, 3, 4, 5 HAVING sum("delta") <> 0;
