-- CreateTable
CREATE TABLE "VerdictState" (
    "enterpriseId" INTEGER NOT NULL PRIMARY KEY,
    "factsDigest" TEXT NOT NULL,
    "rulesDigest" TEXT NOT NULL,
    "judgedOn" TEXT NOT NULL,
    "holdsUntil" TEXT NOT NULL,
    CONSTRAINT "VerdictState_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "VerdictState_holdsUntil_idx" ON "VerdictState"("holdsUntil");
