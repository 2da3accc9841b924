ALTER TABLE organisation ADD COLUMN working_week TEXT;

CREATE TABLE "calendar_day" (
    "date" TEXT NOT NULL CONSTRAINT "pk_calendar_day" PRIMARY KEY,
    "is_working_day" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "source" INTEGER NOT NULL
);
