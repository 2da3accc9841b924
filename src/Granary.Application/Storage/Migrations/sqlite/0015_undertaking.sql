CREATE TABLE "undertaking" (
    "version" INTEGER NOT NULL CONSTRAINT "pk_undertaking" PRIMARY KEY,
    "chinese" TEXT NOT NULL,
    "english" TEXT NOT NULL,
    "author_id" BLOB NOT NULL,
    "published_at" INTEGER NOT NULL,
    "withdrawn_at" INTEGER NULL
);

CREATE TABLE "undertaking_confirmation" (
    "version" INTEGER NOT NULL,
    "user_id" BLOB NOT NULL,
    "at" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    CONSTRAINT "pk_undertaking_confirmation" PRIMARY KEY ("version", "user_id")
);
