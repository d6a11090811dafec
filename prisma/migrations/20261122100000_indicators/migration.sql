-- CreateTable
CREATE TABLE "IndicatorDefinition" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "indicator" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "nature" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "numerator" TEXT NOT NULL,
    "denominator" TEXT,
    "numeratorId" TEXT,
    "denominatorIds" TEXT NOT NULL DEFAULT '[]',
    "scope" TEXT NOT NULL,
    "rounding" TEXT NOT NULL,
    "digits" INTEGER NOT NULL,
    "rateDigits" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "partOf" TEXT,
    "stepAfter" TEXT,
    "enteredBy" TEXT NOT NULL,
    "enteredAt" TEXT NOT NULL,
    "endedBy" TEXT,
    "endedAt" TEXT
);

-- CreateTable
CREATE TABLE "IndicatorValue" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "indicator" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "toOn" TEXT NOT NULL,
    "parkId" INTEGER,
    "value" TEXT,
    "absence" TEXT,
    "unit" TEXT NOT NULL,
    "qualifier" TEXT,
    "source" TEXT NOT NULL,
    "knownAt" TEXT NOT NULL,
    "note" TEXT,
    "actor" TEXT NOT NULL,
    "recordedAt" TEXT NOT NULL,
    CONSTRAINT "IndicatorValue_parkId_fkey" FOREIGN KEY ("parkId") REFERENCES "Park" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "IndicatorTarget" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "indicator" TEXT NOT NULL,
    "fromOn" TEXT NOT NULL,
    "toOn" TEXT NOT NULL,
    "parkId" INTEGER,
    "value" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "enteredBy" TEXT NOT NULL,
    "enteredAt" TEXT NOT NULL,
    "endedBy" TEXT,
    "endedAt" TEXT,
    CONSTRAINT "IndicatorTarget_parkId_fkey" FOREIGN KEY ("parkId") REFERENCES "Park" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "IndicatorDefinition_indicator_id_idx" ON "IndicatorDefinition"("indicator", "id");

-- CreateIndex
CREATE INDEX "IndicatorValue_indicator_toOn_idx" ON "IndicatorValue"("indicator", "toOn");

-- CreateIndex
CREATE INDEX "IndicatorTarget_indicator_toOn_idx" ON "IndicatorTarget"("indicator", "toOn");
