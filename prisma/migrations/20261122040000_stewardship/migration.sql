-- CreateTable
CREATE TABLE "Stewardship" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "enterpriseId" INTEGER NOT NULL,
    "userId" INTEGER NOT NULL,
    "side" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "toOn" TEXT,
    "assignedBy" TEXT NOT NULL,
    "assignedAt" TEXT NOT NULL,
    "endedBy" TEXT,
    "endedAt" TEXT,
    CONSTRAINT "Stewardship_enterpriseId_fkey" FOREIGN KEY ("enterpriseId") REFERENCES "Enterprise" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Stewardship_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Stewardship_enterpriseId_side_fromOn_idx" ON "Stewardship"("enterpriseId", "side", "fromOn");

-- CreateIndex
CREATE INDEX "Stewardship_userId_toOn_enterpriseId_idx" ON "Stewardship"("userId", "toOn", "enterpriseId");
