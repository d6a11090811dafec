-- CreateTable
CREATE TABLE "FollowUp" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "enterpriseId" INTEGER NOT NULL,
    "scheme" TEXT,
    "kind" TEXT NOT NULL,
    "onDay" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "nextAction" TEXT,
    "nextOn" TEXT,
    "by" TEXT NOT NULL,
    "recordedAt" TEXT NOT NULL,
    "doneAt" TEXT,
    "doneBy" TEXT,
    "doneNote" TEXT,
    "voidedAt" TEXT,
    "voidedBy" TEXT,
    "voidReason" TEXT,
    "replacesId" INTEGER,
    CONSTRAINT "FollowUp_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LibraryProposal" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "enterpriseId" INTEGER NOT NULL,
    "scheme" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "verdict" TEXT,
    "proposedBy" TEXT NOT NULL,
    "proposedAt" TEXT NOT NULL,
    "decision" TEXT,
    "decisionReason" TEXT,
    "decidedBy" TEXT,
    "decidedAt" TEXT,
    "eventId" INTEGER,
    CONSTRAINT "LibraryProposal_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ListRule" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "scheme" TEXT NOT NULL,
    "maxUnmet" INTEGER NOT NULL,
    "maxShort" INTEGER NOT NULL,
    "maxUnknown" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "setBy" TEXT NOT NULL,
    "setAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "ListStay" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "list" TEXT NOT NULL,
    "scheme" TEXT NOT NULL,
    "enterpriseId" INTEGER NOT NULL,
    "fromOn" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "addedBy" TEXT NOT NULL,
    "addedAt" TEXT NOT NULL,
    "toOn" TEXT,
    "ended" TEXT,
    "endReason" TEXT,
    "endedBy" TEXT,
    "endedAt" TEXT,
    "unmet" INTEGER NOT NULL,
    "distance" REAL NOT NULL,
    CONSTRAINT "ListStay_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "FollowUp_enterpriseId_onDay_idx" ON "FollowUp"("enterpriseId", "onDay");

-- CreateIndex
CREATE INDEX "FollowUp_nextOn_idx" ON "FollowUp"("nextOn");

-- CreateIndex
CREATE INDEX "LibraryProposal_enterpriseId_scheme_idx" ON "LibraryProposal"("enterpriseId", "scheme");

-- CreateIndex
CREATE INDEX "LibraryProposal_decision_id_idx" ON "LibraryProposal"("decision", "id");

-- CreateIndex
CREATE INDEX "ListRule_scheme_id_idx" ON "ListRule"("scheme", "id");

-- CreateIndex
CREATE INDEX "ListStay_list_scheme_toOn_unmet_distance_enterpriseId_idx" ON "ListStay"("list", "scheme", "toOn", "unmet", "distance", "enterpriseId");

-- CreateIndex
CREATE INDEX "ListStay_enterpriseId_list_idx" ON "ListStay"("enterpriseId", "list");

-- CreateIndex
CREATE INDEX "ListStay_list_scheme_fromOn_idx" ON "ListStay"("list", "scheme", "fromOn");
