-- Counting the enterprises on record on a day, per park and industry, without reading their rows.
CREATE INDEX "Enterprise_mergedIntoId_parkId_registeredOn_industry_idx" ON "Enterprise"("mergedIntoId", "parkId", "registeredOn", "industry");
