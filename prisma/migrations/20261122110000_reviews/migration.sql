-- CreateTable
CREATE TABLE "StockQuarter" (
    "lane" TEXT NOT NULL,
    "scheme" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "parkId" INTEGER NOT NULL,
    "quarter" TEXT NOT NULL,
    "delta" INTEGER NOT NULL,

    PRIMARY KEY ("lane", "scheme", "state", "parkId", "quarter")
);

-- CreateTable
CREATE TABLE "FlowChange" (
    "lane" TEXT NOT NULL,
    "row" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "other" TEXT NOT NULL,
    "parkId" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("day", "lane", "row", "way", "cause", "other", "parkId")
);

-- CreateTable
CREATE TABLE "StepDuration" (
    "scheme" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "parkId" INTEGER NOT NULL,
    "days" INTEGER NOT NULL,
    "quarter" TEXT NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("quarter", "scheme", "state", "parkId", "days")
);

-- CreateTable
CREATE TABLE "Review" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "quarter" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "drawnBy" TEXT NOT NULL,
    "drawnAt" TEXT NOT NULL,
    "discussedBy" TEXT,
    "discussedAt" TEXT,
    "discussion" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateTable
CREATE TABLE "ReviewSeal" (
    "seq" INTEGER NOT NULL PRIMARY KEY,
    "reviewId" INTEGER NOT NULL,
    "content" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "mac" TEXT NOT NULL,
    CONSTRAINT "ReviewSeal_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "Review" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ReviewDecision" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "reviewId" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "ownerId" INTEGER NOT NULL,
    "dueOn" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "doneBy" TEXT,
    "doneAt" TEXT,
    "result" TEXT,
    CONSTRAINT "ReviewDecision_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "Review" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "ReviewDecision_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Review_quarter_scope_key" ON "Review"("quarter", "scope");

-- CreateIndex
CREATE UNIQUE INDEX "ReviewSeal_reviewId_key" ON "ReviewSeal"("reviewId");

-- CreateIndex
CREATE INDEX "ReviewDecision_reviewId_idx" ON "ReviewDecision"("reviewId");

-- CreateIndex
CREATE INDEX "ReviewDecision_doneAt_dueOn_idx" ON "ReviewDecision"("doneAt", "dueOn");

-- The roll-ups of what is on record already, as app/pipeline/roll-ups.ts books it.
INSERT INTO "StockQuarter"
SELECT "lane", "scheme", "state", "parkId",
       substr("day", 1, 4) || 'Q' || ((substr("day", 6, 2) + 2) / 3) AS "quarter", sum("delta") AS "sum"
FROM "StockChange" GROUP BY 1, 2, 3, 4, 5 HAVING sum("delta") <> 0;

-- Where each enterprise belonged: its park, or what its moves say.
CREATE TEMP TABLE "_belonging" AS
SELECT "enterpriseId", CAST("state" AS INTEGER) AS "park", "fromOn", coalesce("toOn", '9999-12-31') AS "toOn"
FROM "Span" WHERE "lane" = 'park'
UNION ALL
SELECT "id", coalesce("parkId", 0), '0001-01-01', '9999-12-31' FROM "Enterprise"
WHERE "id" NOT IN (SELECT "enterpriseId" FROM "Span" WHERE "lane" = 'park');
CREATE INDEX "_belonging_enterpriseId" ON "_belonging"("enterpriseId");

CREATE TEMP TABLE "_force" AS
SELECT s."enterpriseId", s."lane", CASE s."lane" WHEN 'headline' THEN s."state" ELSE s."scheme" END AS "row",
       s."fromOn", s."toOn", coalesce(s."began", 'first') AS "began", coalesce(s."ended", '') AS "ended",
       CASE s."lane" WHEN 'headline' THEN coalesce((SELECT b."state" FROM "Span" b WHERE b."enterpriseId" = s."enterpriseId"
         AND b."scheme" = 'headline' AND b."toOn" = s."fromOn"), '') ELSE '' END AS "before",
       CASE s."lane" WHEN 'headline' THEN coalesce((SELECT a."state" FROM "Span" a WHERE a."enterpriseId" = s."enterpriseId"
         AND a."scheme" = 'headline' AND a."fromOn" = s."toOn"), '') ELSE '' END AS "after"
FROM "Span" s WHERE s."lane" IN ('held', 'headline') AND (s."toOn" IS NULL OR s."toOn" > s."fromOn");

INSERT INTO "FlowChange" ("lane", "row", "way", "cause", "other", "parkId", "day", "count")
SELECT f."lane", f."row", 'in', f."began", f."before", b."park", f."fromOn", count(*)
FROM "_force" f JOIN "_belonging" b ON b."enterpriseId" = f."enterpriseId" AND b."fromOn" <= f."fromOn" AND f."fromOn" < b."toOn"
GROUP BY 1, 2, 3, 4, 5, 6, 7
UNION ALL
SELECT f."lane", f."row", 'out', f."ended", f."after", b."park", f."toOn", count(*)
FROM "_force" f JOIN "_belonging" b ON b."enterpriseId" = f."enterpriseId" AND b."fromOn" < f."toOn" AND f."toOn" <= b."toOn"
WHERE f."toOn" IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7
UNION ALL
SELECT f."lane", f."row", 'move', a."park" || '>' || b."park", '', 0, b."fromOn", count(*)
FROM "_force" f JOIN "_belonging" a ON a."enterpriseId" = f."enterpriseId"
JOIN "_belonging" b ON b."enterpriseId" = f."enterpriseId" AND b."fromOn" = a."toOn"
WHERE b."fromOn" > f."fromOn" AND (f."toOn" IS NULL OR b."fromOn" < f."toOn") GROUP BY 1, 2, 3, 4, 5, 6, 7;

INSERT INTO "StepDuration" ("scheme", "state", "parkId", "days", "quarter", "count")
SELECT s."scheme", s."state",
       (SELECT b."park" FROM "_belonging" b WHERE b."enterpriseId" = s."enterpriseId"
          AND (b."fromOn" < s."toOn" OR (s."toOn" = s."fromOn" AND b."fromOn" = s."fromOn")) ORDER BY b."fromOn" DESC LIMIT 1),
       CAST(julianday(s."toOn") - julianday(s."fromOn") AS INTEGER),
       substr(s."toOn", 1, 4) || 'Q' || ((substr(s."toOn", 6, 2) + 2) / 3), count(*)
FROM "Span" s WHERE s."lane" = 'application' AND s."toOn" IS NOT NULL GROUP BY 1, 2, 3, 4, 5;

DROP TABLE "_belonging";
DROP TABLE "_force";
