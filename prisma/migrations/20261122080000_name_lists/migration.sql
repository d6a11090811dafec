-- CreateTable
CREATE TABLE "NameList" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "title" TEXT NOT NULL,
    "scheme" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "level" TEXT,
    "docNo" TEXT,
    "listedOn" TEXT NOT NULL,
    "link" TEXT,
    "grantedOn" TEXT,
    "validUntil" TEXT,
    "fileName" TEXT,
    "sheet" TEXT,
    "sha256" TEXT NOT NULL,
    "contentKey" TEXT NOT NULL,
    "headers" TEXT,
    "columns" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "total" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT,
    "actor" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "NameListRow" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "listId" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "cells" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "code" TEXT,
    "region" TEXT,
    "certificateNo" TEXT,
    "note" TEXT,
    "match" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "candidates" TEXT NOT NULL DEFAULT '[]',
    "decision" TEXT,
    "enterpriseId" INTEGER,
    "decidedBy" TEXT,
    "decidedAt" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "outcome" TEXT,
    "outcomeText" TEXT,
    "eventId" INTEGER,
    CONSTRAINT "NameListRow_listId_fkey" FOREIGN KEY ("listId") REFERENCES "NameList" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "NameListRow_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "NameListRow_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "NameList_scheme_kind_contentKey_idx" ON "NameList"("scheme", "kind", "contentKey");

-- CreateIndex
CREATE INDEX "NameListRow_listId_match_line_idx" ON "NameListRow"("listId", "match", "line");

-- CreateIndex
CREATE INDEX "NameListRow_listId_decision_idx" ON "NameListRow"("listId", "decision");

-- CreateIndex
CREATE INDEX "NameListRow_enterpriseId_idx" ON "NameListRow"("enterpriseId");

-- CreateIndex
CREATE UNIQUE INDEX "NameListRow_eventId_key" ON "NameListRow"("eventId");
