-- Departments that sign at joint meetings, kept as a list; and a log of changes in the park's own set-up.
CREATE TABLE "Department" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "addedBy" TEXT NOT NULL,
    "addedAt" TEXT NOT NULL,
    "endedAt" TEXT
);

CREATE UNIQUE INDEX "Department_name_key" ON "Department"("name");

CREATE TABLE "AdminLog" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "subject" TEXT NOT NULL,
    "subjectId" INTEGER NOT NULL,
    "words" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TEXT NOT NULL
);

CREATE INDEX "AdminLog_subject_subjectId_idx" ON "AdminLog"("subject", "subjectId");

ALTER TABLE "User" ADD COLUMN "departmentId" INTEGER REFERENCES "Department" ("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Departments that signed before there was a list are on it.
INSERT INTO "Department" ("name", "addedBy", "addedAt")
  SELECT "department", min("recordedBy"), min("recordedAt") FROM "BatchSignature" GROUP BY "department";
