ALTER TABLE "account" ADD COLUMN "custom" TEXT;
