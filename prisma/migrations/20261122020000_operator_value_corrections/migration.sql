-- A correction of a value from the same day on is a further row; the latest one counts.

-- DropIndex
DROP INDEX "OperatorValue_key_fromDay_key";

-- CreateIndex
CREATE INDEX "OperatorValue_key_fromDay_idx" ON "OperatorValue"("key", "fromDay");
