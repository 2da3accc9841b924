ALTER TABLE "opportunity" ADD COLUMN "deal_met_at" INTEGER;
CREATE INDEX "ix_opportunity_deal_met" ON "opportunity" ("owner_id", "deal_met_at") WHERE deal_met_at IS NOT NULL;
