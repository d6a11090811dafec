-- What the page of the verdicts counts is read from this index alone.
DROP INDEX "StoredVerdict_scheme_action_outcome_distance_enterpriseId_idx";
CREATE INDEX "StoredVerdict_scheme_action_outcome_distance_enterpriseId_vetoes_onDay_idx" ON "StoredVerdict"("scheme", "action", "outcome", "distance", "enterpriseId", "vetoes", "onDay");
