-- CreateTable
CREATE TABLE "Invitation" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "enterpriseId" INTEGER NOT NULL,
    "codeHash" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "expiresOn" TEXT NOT NULL,
    "usedAt" TEXT,
    "usedBy" TEXT,
    "revokedAt" TEXT,
    "revokedBy" TEXT,
    CONSTRAINT "Invitation_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "AccountClaim" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "uscc" TEXT NOT NULL,
    "username" TEXT NOT NULL,
    "displayName" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" TEXT,
    "reason" TEXT
);

-- CreateTable
CREATE TABLE "Submission" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "enterpriseId" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "note" TEXT,
    "startedAt" TEXT NOT NULL,
    "startedBy" TEXT NOT NULL,
    "submittedAt" TEXT,
    "submittedBy" TEXT,
    "decidedAt" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Submission_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SubmissionItem" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "submissionId" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "knownAt" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "decision" TEXT,
    "source" TEXT,
    "reason" TEXT,
    "decidedBy" TEXT,
    "decidedAt" TEXT,
    CONSTRAINT "SubmissionItem_submissionId_fkey" FOREIGN KEY ("submissionId") REFERENCES "Submission" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SupplementRequest" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "enterpriseId" INTEGER NOT NULL,
    "paths" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "dueOn" TEXT,
    "askedBy" TEXT NOT NULL,
    "askedAt" TEXT NOT NULL,
    "answeredBy" INTEGER,
    "closedAt" TEXT,
    "closedBy" TEXT,
    CONSTRAINT "SupplementRequest_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_codeHash_key" ON "Invitation"("codeHash");

-- CreateIndex
CREATE INDEX "Invitation_enterpriseId_idx" ON "Invitation"("enterpriseId");

-- CreateIndex
CREATE INDEX "AccountClaim_state_id_idx" ON "AccountClaim"("state", "id");

-- CreateIndex
CREATE INDEX "Submission_enterpriseId_state_idx" ON "Submission"("enterpriseId", "state");

-- CreateIndex
CREATE INDEX "Submission_state_submittedAt_idx" ON "Submission"("state", "submittedAt");

-- CreateIndex
CREATE UNIQUE INDEX "SubmissionItem_submissionId_path_key" ON "SubmissionItem"("submissionId", "path");

-- CreateIndex
CREATE INDEX "SupplementRequest_enterpriseId_closedAt_idx" ON "SupplementRequest"("enterpriseId", "closedAt");
