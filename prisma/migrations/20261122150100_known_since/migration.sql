-- What became known after an instant: a reading as of then looks at those enterprises alone.
CREATE INDEX "Event_knownAt_enterpriseId_idx" ON "Event"("knownAt", "enterpriseId");
