-- Counts by all that a list is filtered by, so that its tabs are counted without reading its rows. Nothing is kept in
-- it yet that is not made anew: the lists go with it.
DELETE FROM "CandidateGap";
DELETE FROM "Candidate";
DROP TABLE "CandidateCount";
DELETE FROM "CandidateList";

-- CreateTable
CREATE TABLE "CandidateCount" (
    "listId" INTEGER NOT NULL,
    "conditionId" TEXT NOT NULL,
    "tab" TEXT NOT NULL,
    "parkId" INTEGER NOT NULL,
    "section" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,

    PRIMARY KEY ("listId", "conditionId", "tab", "parkId", "section", "field", "size"),
    CONSTRAINT "CandidateCount_listId_fkey" FOREIGN KEY ("listId") REFERENCES "CandidateList" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
