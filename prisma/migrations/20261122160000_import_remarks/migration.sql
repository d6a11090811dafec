-- What an import says of single rows and columns, for its page.
ALTER TABLE "ImportJob" ADD COLUMN "remarks" TEXT;
