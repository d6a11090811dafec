-- CreateIndex
CREATE INDEX "StepDuration_quarter_scheme_state_days_parkId_count_idx" ON "StepDuration"("quarter", "scheme", "state", "days", "parkId", "count");
