-- CreateTable
CREATE TABLE "StoredFile" (
    "sha256" TEXT NOT NULL PRIMARY KEY,
    "size" INTEGER NOT NULL,
    "addedBy" TEXT NOT NULL,
    "addedAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Batch" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "scheme" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "applicationOn" TEXT NOT NULL,
    "windowLabel" TEXT,
    "windowId" INTEGER,
    "deadline" TEXT,
    "quota" INTEGER,
    "parkId" INTEGER,
    "orderBy" TEXT NOT NULL,
    "orderText" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "note" TEXT,
    "createdBy" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "updatedAt" TEXT NOT NULL,
    "submittedAt" TEXT,
    "machineVersion" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0
);

-- CreateIndex
CREATE INDEX "Batch_state_deadline_idx" ON "Batch"("state", "deadline");

-- CreateIndex
CREATE INDEX "Batch_scheme_applicationOn_idx" ON "Batch"("scheme", "applicationOn");

-- CreateIndex
CREATE INDEX "Batch_updatedAt_idx" ON "Batch"("updatedAt");

-- CreateTable
CREATE TABLE "BatchRow" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "batchId" INTEGER NOT NULL,
    "enterpriseId" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "rank" INTEGER,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "note" TEXT,
    "override" TEXT,
    "confirmedBy" TEXT,
    "confirmedAt" TEXT,
    "asked" TEXT,
    "action" TEXT,
    "rule" TEXT,
    "outcome" TEXT,
    "distance" REAL,
    "met" INTEGER,
    "verdict" TEXT,
    "factsDigest" TEXT,
    "checkedAt" TEXT,
    "frozenAt" TEXT,
    "nominateEventId" INTEGER,
    "prepareEventId" INTEGER,
    "submitEventId" INTEGER,
    CONSTRAINT "BatchRow_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "BatchRow_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "BatchRow_batchId_enterpriseId_key" ON "BatchRow"("batchId", "enterpriseId");

-- CreateIndex
CREATE INDEX "BatchRow_enterpriseId_state_idx" ON "BatchRow"("enterpriseId", "state");

-- CreateTable
CREATE TABLE "BatchEvent" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "batchId" INTEGER NOT NULL,
    "rowId" INTEGER,
    "type" TEXT NOT NULL,
    "fromState" TEXT,
    "toState" TEXT,
    "actor" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "reason" TEXT,
    "detail" TEXT,
    "accepted" BOOLEAN NOT NULL DEFAULT true,
    "refusal" TEXT,
    CONSTRAINT "BatchEvent_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "BatchEvent_batchId_id_idx" ON "BatchEvent"("batchId", "id");

-- CreateIndex
CREATE INDEX "BatchEvent_rowId_id_idx" ON "BatchEvent"("rowId", "id");

-- CreateTable
CREATE TABLE "BatchSignature" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "batchId" INTEGER NOT NULL,
    "department" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "opinion" TEXT,
    "recordedBy" TEXT NOT NULL,
    "recordedAt" TEXT NOT NULL,
    "endedAt" TEXT,
    CONSTRAINT "BatchSignature_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "BatchSignature_batchId_department_idx" ON "BatchSignature"("batchId", "department");

-- CreateTable
CREATE TABLE "BatchFile" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "batchId" INTEGER NOT NULL,
    "rowId" INTEGER,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "addedBy" TEXT NOT NULL,
    "addedAt" TEXT NOT NULL,
    "removedBy" TEXT,
    "removedAt" TEXT,
    CONSTRAINT "BatchFile_batchId_fkey" FOREIGN KEY ("batchId") REFERENCES "Batch" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "BatchFile_rowId_fkey" FOREIGN KEY ("rowId") REFERENCES "BatchRow" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "BatchFile_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "StoredFile" ("sha256") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "BatchFile_batchId_idx" ON "BatchFile"("batchId");

-- CreateIndex
CREATE INDEX "BatchFile_sha256_idx" ON "BatchFile"("sha256");
