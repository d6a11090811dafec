-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "value" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Park" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parentId" INTEGER,
    CONSTRAINT "Park_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Park" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Enterprise" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "uscc" TEXT NOT NULL,
    "usccFlag" TEXT,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "registeredOn" TEXT,
    "division" TEXT,
    "parkId" INTEGER,
    "locatedInPark" BOOLEAN,
    "legalPerson" BOOLEAN,
    "residentEnterprise" BOOLEAN,
    "industry" TEXT,
    "sizeIndustry" TEXT,
    "techField" TEXT,
    "restrictedProducts" BOOLEAN,
    "listingStatus" TEXT,
    "listingOn" TEXT,
    "stockCode" TEXT,
    "stockShortName" TEXT,
    "otherFacts" TEXT NOT NULL DEFAULT '{}',
    "extra" TEXT NOT NULL DEFAULT '{}',
    "provenance" TEXT NOT NULL DEFAULT '{}',
    "flags" TEXT,
    "factsDigest" TEXT NOT NULL DEFAULT '',
    "headline" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "mergedIntoId" INTEGER,
    "createdAt" TEXT NOT NULL,
    "updatedAt" TEXT NOT NULL,
    CONSTRAINT "Enterprise_parkId_fkey" FOREIGN KEY ("parkId") REFERENCES "Park" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Enterprise_mergedIntoId_fkey" FOREIGN KEY ("mergedIntoId") REFERENCES "Enterprise" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "EnterpriseCode" (
    "code" TEXT NOT NULL PRIMARY KEY,
    "enterpriseId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "since" TEXT NOT NULL,
    CONSTRAINT "EnterpriseCode_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "EnterpriseName" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "enterpriseId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "recordedAt" TEXT NOT NULL,
    CONSTRAINT "EnterpriseName_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "YearFigures" (
    "enterpriseId" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "employees" INTEGER,
    "techStaff" INTEGER,
    "rdStaff" INTEGER,
    "salesRevenue" BIGINT,
    "operatingRevenue" BIGINT,
    "mainRevenue" BIGINT,
    "mainProductRevenue" BIGINT,
    "totalIncome" BIGINT,
    "hiTechIncome" BIGINT,
    "rdExpense" BIGINT,
    "rdExpenseDomestic" BIGINT,
    "costAndExpenses" BIGINT,
    "netProfit" BIGINT,
    "totalAssets" BIGINT,
    "totalLiabilities" BIGINT,
    "developmentScore" INTEGER,
    "bases" TEXT,
    "source" TEXT,
    "knownAt" TEXT,
    "provenance" TEXT,
    "flags" TEXT,

    PRIMARY KEY ("enterpriseId", "year"),
    CONSTRAINT "YearFigures_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "IntellectualProperty" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "enterpriseId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "no" TEXT,
    "name" TEXT,
    "appliedOn" TEXT,
    "grantedOn" TEXT,
    "obtainedBy" TEXT,
    "transferredOn" TEXT,
    "rightHolderRank" INTEGER,
    "relatedToMainProduct" BOOLEAN,
    "applied" BOOLEAN,
    "highValue" BOOLEAN,
    "usedInHnteApplicationOn" TEXT,
    "until" TEXT,
    "source" TEXT,
    "knownAt" TEXT,
    "provenance" TEXT,
    CONSTRAINT "IntellectualProperty_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Title" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "enterpriseId" INTEGER NOT NULL,
    "scheme" TEXT NOT NULL,
    "level" TEXT,
    "no" TEXT,
    "grantedOn" TEXT,
    "validUntil" TEXT,
    "status" TEXT,
    "source" TEXT,
    "knownAt" TEXT,
    "provenance" TEXT,
    "eventId" INTEGER,
    CONSTRAINT "Title_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Financing" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "enterpriseId" INTEGER NOT NULL,
    "closedOn" TEXT,
    "amount" BIGINT,
    "currency" TEXT,
    "postMoney" BIGINT,
    "qualifiedInvestor" BOOLEAN,
    "cededShare" INTEGER,
    "source" TEXT,
    "knownAt" TEXT,
    "provenance" TEXT,
    CONSTRAINT "Financing_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "FactRecord" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "enterpriseId" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "year" INTEGER,
    "patch" TEXT NOT NULL,
    "source" TEXT,
    "knownAt" TEXT,
    "recordedAt" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "evidence" TEXT,
    "importId" INTEGER,
    CONSTRAINT "FactRecord_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Event" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "enterpriseId" INTEGER NOT NULL,
    "scheme" TEXT,
    "type" TEXT NOT NULL,
    "effectiveOn" TEXT NOT NULL,
    "knownAt" TEXT NOT NULL,
    "recordedAt" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT,
    "evidence" TEXT,
    "payload" TEXT NOT NULL DEFAULT '{}',
    "flags" TEXT,
    "accepted" BOOLEAN NOT NULL DEFAULT true,
    "refusal" TEXT,
    "machineVersion" INTEGER NOT NULL,
    CONSTRAINT "Event_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "MachineSnapshot" (
    "enterpriseId" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "machineVersion" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "snapshot" TEXT NOT NULL,
    "lastEventId" INTEGER NOT NULL,
    CONSTRAINT "MachineSnapshot_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Span" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "enterpriseId" INTEGER NOT NULL,
    "lane" TEXT NOT NULL,
    "scheme" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "toOn" TEXT,
    "began" TEXT,
    "ended" TEXT,
    "eventId" INTEGER NOT NULL,
    CONSTRAINT "Span_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "StockChange" (
    "lane" TEXT NOT NULL,
    "scheme" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "parkId" INTEGER NOT NULL,
    "day" TEXT NOT NULL,
    "delta" INTEGER NOT NULL,

    PRIMARY KEY ("lane", "scheme", "state", "parkId", "day")
);

-- CreateTable
CREATE TABLE "StoredVerdict" (
    "enterpriseId" INTEGER NOT NULL,
    "scheme" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "onDay" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "met" INTEGER NOT NULL,
    "unmet" INTEGER NOT NULL,
    "unknown" INTEGER NOT NULL,
    "manual" INTEGER NOT NULL,
    "vetoes" INTEGER NOT NULL,
    "distance" REAL NOT NULL,
    "gaps" TEXT NOT NULL,
    "holdsUntil" TEXT NOT NULL,
    "factsDigest" TEXT NOT NULL,
    "computedAt" TEXT NOT NULL,

    PRIMARY KEY ("enterpriseId", "scheme", "action"),
    CONSTRAINT "StoredVerdict_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "OperatorValue" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "fromDay" TEXT NOT NULL,
    "untilDay" TEXT,
    "reference" TEXT NOT NULL,
    "enteredBy" TEXT NOT NULL,
    "enteredAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "User" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "username" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "enterpriseId" INTEGER,
    "mustChange" BOOLEAN NOT NULL DEFAULT false,
    "disabled" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TEXT NOT NULL,
    "passwordSetAt" TEXT NOT NULL,
    CONSTRAINT "User_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "userId" INTEGER NOT NULL,
    "createdAt" TEXT NOT NULL,
    "expiresAt" TEXT NOT NULL,
    CONSTRAINT "Session_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LoginThrottle" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "failures" INTEGER NOT NULL,
    "since" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "ImportJob" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "kind" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "total" INTEGER NOT NULL DEFAULT 0,
    "read" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "flagged" INTEGER NOT NULL DEFAULT 0,
    "empty" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT,
    "rejectedFile" TEXT,
    "actor" TEXT NOT NULL,
    "startedAt" TEXT NOT NULL,
    "finishedAt" TEXT
);

-- CreateIndex
CREATE UNIQUE INDEX "Park_code_key" ON "Park"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Park_name_key" ON "Park"("name");

-- CreateIndex
CREATE UNIQUE INDEX "Enterprise_uscc_key" ON "Enterprise"("uscc");

-- CreateIndex
CREATE INDEX "Enterprise_name_idx" ON "Enterprise"("name");

-- CreateIndex
CREATE INDEX "Enterprise_nameKey_idx" ON "Enterprise"("nameKey");

-- CreateIndex
CREATE INDEX "Enterprise_stockCode_idx" ON "Enterprise"("stockCode");

-- CreateIndex
CREATE INDEX "Enterprise_parkId_name_idx" ON "Enterprise"("parkId", "name");

-- CreateIndex
CREATE INDEX "Enterprise_headline_name_idx" ON "Enterprise"("headline", "name");

-- CreateIndex
CREATE INDEX "Enterprise_industry_idx" ON "Enterprise"("industry");

-- CreateIndex
CREATE INDEX "Enterprise_updatedAt_idx" ON "Enterprise"("updatedAt");

-- CreateIndex
CREATE INDEX "EnterpriseCode_enterpriseId_idx" ON "EnterpriseCode"("enterpriseId");

-- CreateIndex
CREATE INDEX "EnterpriseName_nameKey_idx" ON "EnterpriseName"("nameKey");

-- CreateIndex
CREATE UNIQUE INDEX "EnterpriseName_enterpriseId_name_key" ON "EnterpriseName"("enterpriseId", "name");

-- CreateIndex
CREATE INDEX "IntellectualProperty_enterpriseId_idx" ON "IntellectualProperty"("enterpriseId");

-- CreateIndex
CREATE INDEX "IntellectualProperty_no_idx" ON "IntellectualProperty"("no");

-- CreateIndex
CREATE INDEX "Title_enterpriseId_scheme_idx" ON "Title"("enterpriseId", "scheme");

-- CreateIndex
CREATE INDEX "Title_scheme_validUntil_idx" ON "Title"("scheme", "validUntil");

-- CreateIndex
CREATE INDEX "Title_no_idx" ON "Title"("no");

-- CreateIndex
CREATE INDEX "Financing_enterpriseId_idx" ON "Financing"("enterpriseId");

-- CreateIndex
CREATE INDEX "FactRecord_enterpriseId_id_idx" ON "FactRecord"("enterpriseId", "id");

-- CreateIndex
CREATE INDEX "Event_enterpriseId_id_idx" ON "Event"("enterpriseId", "id");

-- CreateIndex
CREATE INDEX "Event_scheme_type_effectiveOn_idx" ON "Event"("scheme", "type", "effectiveOn");

-- CreateIndex
CREATE INDEX "Span_enterpriseId_scheme_fromOn_idx" ON "Span"("enterpriseId", "scheme", "fromOn");

-- CreateIndex
CREATE INDEX "Span_lane_scheme_state_fromOn_toOn_enterpriseId_idx" ON "Span"("lane", "scheme", "state", "fromOn", "toOn", "enterpriseId");

-- CreateIndex
CREATE INDEX "StoredVerdict_scheme_action_outcome_distance_enterpriseId_idx" ON "StoredVerdict"("scheme", "action", "outcome", "distance", "enterpriseId");

-- CreateIndex
CREATE INDEX "StoredVerdict_holdsUntil_idx" ON "StoredVerdict"("holdsUntil");

-- CreateIndex
CREATE UNIQUE INDEX "OperatorValue_key_fromDay_key" ON "OperatorValue"("key", "fromDay");

-- CreateIndex
CREATE UNIQUE INDEX "User_username_key" ON "User"("username");

-- CreateIndex
CREATE INDEX "Session_userId_idx" ON "Session"("userId");

