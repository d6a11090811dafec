-- CreateTable
CREATE TABLE "CandidateList" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "scheme" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "onDay" TEXT NOT NULL,
    "basis" TEXT NOT NULL,
    "builtTo" INTEGER NOT NULL DEFAULT 0,
    "complete" BOOLEAN NOT NULL DEFAULT false,
    "usedAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Candidate" (
    "listId" INTEGER NOT NULL,
    "enterpriseId" INTEGER NOT NULL,
    "tab" TEXT NOT NULL,
    "rankKey" REAL NOT NULL,
    "name" TEXT NOT NULL,
    "registeredOn" TEXT NOT NULL,
    "titleUntil" TEXT NOT NULL,
    "parkId" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "held" INTEGER NOT NULL,
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
    "figuresOf" INTEGER,
    "weakSource" TEXT,
    "weakFigure" TEXT,
    "windowOn" TEXT,

    PRIMARY KEY ("listId", "enterpriseId"),
    CONSTRAINT "Candidate_listId_fkey" FOREIGN KEY ("listId") REFERENCES "CandidateList" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Candidate_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "CandidateGap" (
    "listId" INTEGER NOT NULL,
    "enterpriseId" INTEGER NOT NULL,
    "conditionId" TEXT NOT NULL,
    "tab" TEXT NOT NULL,
    "gap" REAL NOT NULL,
    "parkId" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "held" INTEGER NOT NULL,

    PRIMARY KEY ("listId", "enterpriseId", "conditionId"),
    CONSTRAINT "CandidateGap_listId_fkey" FOREIGN KEY ("listId") REFERENCES "CandidateList" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "CandidateGap_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "CandidateCount" (
    "listId" INTEGER NOT NULL,
    "conditionId" TEXT NOT NULL,
    "tab" TEXT NOT NULL,
    "parkId" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,

    PRIMARY KEY ("listId", "conditionId", "tab", "parkId"),
    CONSTRAINT "CandidateCount_listId_fkey" FOREIGN KEY ("listId") REFERENCES "CandidateList" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SavedView" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "ownerId" INTEGER NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "SavedView_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "CandidateList_scheme_action_onDay_key" ON "CandidateList"("scheme", "action", "onDay");

-- CreateIndex
CREATE INDEX "Candidate_listId_tab_rankKey_enterpriseId_parkId_section_field_size_held_idx" ON "Candidate"("listId", "tab", "rankKey", "enterpriseId", "parkId", "section", "field", "size", "held");

-- CreateIndex
CREATE INDEX "Candidate_listId_tab_name_enterpriseId_parkId_section_field_size_held_idx" ON "Candidate"("listId", "tab", "name", "enterpriseId", "parkId", "section", "field", "size", "held");

-- CreateIndex
CREATE INDEX "Candidate_listId_tab_registeredOn_enterpriseId_parkId_section_field_size_held_idx" ON "Candidate"("listId", "tab", "registeredOn", "enterpriseId", "parkId", "section", "field", "size", "held");

-- CreateIndex
CREATE INDEX "Candidate_listId_tab_titleUntil_enterpriseId_parkId_section_field_size_held_idx" ON "Candidate"("listId", "tab", "titleUntil", "enterpriseId", "parkId", "section", "field", "size", "held");

-- CreateIndex
CREATE INDEX "Candidate_enterpriseId_idx" ON "Candidate"("enterpriseId");

-- CreateIndex
CREATE INDEX "CandidateGap_listId_conditionId_tab_gap_enterpriseId_parkId_section_field_size_held_idx" ON "CandidateGap"("listId", "conditionId", "tab", "gap", "enterpriseId", "parkId", "section", "field", "size", "held");

-- CreateIndex
CREATE INDEX "CandidateGap_enterpriseId_idx" ON "CandidateGap"("enterpriseId");

-- CreateIndex
CREATE INDEX "SavedView_page_ownerId_name_idx" ON "SavedView"("page", "ownerId", "name");

-- CreateIndex
CREATE INDEX "VerdictState_rulesDigest_judgedOn_idx" ON "VerdictState"("rulesDigest", "judgedOn");

-- CreateIndex
CREATE INDEX "Enterprise_division_idx" ON "Enterprise"("division");

-- Every enterprise has a state; one with an empty last day is to be judged.
INSERT INTO "VerdictState" ("enterpriseId", "factsDigest", "rulesDigest", "judgedOn", "holdsUntil")
SELECT "id", '', '', '', '' FROM "Enterprise" WHERE "mergedIntoId" IS NULL AND "id" NOT IN (SELECT "enterpriseId" FROM "VerdictState");

-- Names by character and by sound, for searching; filled by the program (app/db/search-rows.server.ts).
CREATE VIRTUAL TABLE "EnterpriseSearch" USING fts5("signs", "sounds", content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0');
