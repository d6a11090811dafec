-- CreateIndex
CREATE INDEX "StockChange_day_idx" ON "StockChange"("day");
