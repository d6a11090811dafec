-- What pages count and sort by, so that their cost does not grow with the park.
DROP INDEX "Enterprise_name_idx";
DROP INDEX "Enterprise_division_idx";
CREATE INDEX "Enterprise_mergedIntoId_name_parkId_headline_locatedInPark_industry_idx" ON "Enterprise"("mergedIntoId", "name", "parkId", "headline", "locatedInPark", "industry");
CREATE INDEX "Enterprise_mergedIntoId_uscc_idx" ON "Enterprise"("mergedIntoId", "uscc");
CREATE INDEX "Enterprise_mergedIntoId_updatedAt_idx" ON "Enterprise"("mergedIntoId", "updatedAt");
CREATE INDEX "Enterprise_usccFlag_idx" ON "Enterprise"("usccFlag");
CREATE INDEX "Enterprise_division_mergedIntoId_idx" ON "Enterprise"("division", "mergedIntoId");
CREATE INDEX "YearFigures_year_enterpriseId_idx" ON "YearFigures"("year", "enterpriseId");
DROP INDEX "Title_enterpriseId_scheme_idx";
DROP INDEX "Title_scheme_validUntil_idx";
CREATE INDEX "Title_enterpriseId_scheme_status_validUntil_level_grantedOn_idx" ON "Title"("enterpriseId", "scheme", "status", "validUntil", "level", "grantedOn");
CREATE INDEX "Title_status_validUntil_enterpriseId_scheme_level_grantedOn_idx" ON "Title"("status", "validUntil", "enterpriseId", "scheme", "level", "grantedOn");
ALTER TABLE "VerdictState" ADD COLUMN "wanting" INTEGER NOT NULL DEFAULT 0;
UPDATE "VerdictState" SET "wanting" = (
  SELECT count(*) FROM "StoredVerdict" v WHERE v."enterpriseId" = "VerdictState"."enterpriseId" AND v."action" = 'new'
    AND v."outcome" = 'undetermined' AND v."unknown" > 0 AND v."unmet" = 0
    AND NOT EXISTS (SELECT 1 FROM "Title" t WHERE t."enterpriseId" = v."enterpriseId" AND t."scheme" = v."scheme"
      AND t."status" = 'valid' AND t."grantedOn" <= "VerdictState"."judgedOn"
      AND coalesce(t."validUntil", '9999') >= "VerdictState"."judgedOn"));
CREATE INDEX "VerdictState_wanting_enterpriseId_idx" ON "VerdictState"("wanting", "enterpriseId");
DROP INDEX "FollowUp_nextOn_idx";
CREATE INDEX "FollowUp_doneAt_voidedAt_nextOn_enterpriseId_idx" ON "FollowUp"("doneAt", "voidedAt", "nextOn", "enterpriseId");
