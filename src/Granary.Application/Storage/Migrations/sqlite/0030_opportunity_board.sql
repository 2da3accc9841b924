-- How many opportunities of whom stand where, and their sums: kept by the database itself, whoever writes, so that a board of any size tells them at once.
CREATE TABLE "opportunity_tally" (
    "line" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "owner_id" BLOB NOT NULL,
    "product_line" TEXT NOT NULL,
    "open" INTEGER NOT NULL,
    "open_amount" INTEGER NOT NULL,
    "closed" INTEGER NOT NULL,
    CONSTRAINT "pk_opportunity_tally" PRIMARY KEY ("line", "stage", "owner_id", "product_line")
);

INSERT INTO "opportunity_tally" ("line", "stage", "owner_id", "product_line", "open", "open_amount", "closed")
SELECT line, stage, owner_id, coalesce(product_line, ''), sum(closed_at IS NULL), sum(CASE WHEN closed_at IS NULL THEN amount ELSE 0 END), sum(closed_at IS NOT NULL)
FROM opportunity GROUP BY 1, 2, 3, 4;

CREATE TRIGGER opportunity_is_tallied AFTER INSERT ON opportunity BEGIN
    INSERT INTO opportunity_tally (line, stage, owner_id, product_line, open, open_amount, closed)
    VALUES (NEW.line, NEW.stage, NEW.owner_id, coalesce(NEW.product_line, ''), NEW.closed_at IS NULL, CASE WHEN NEW.closed_at IS NULL THEN NEW.amount ELSE 0 END, NEW.closed_at IS NOT NULL)
    ON CONFLICT (line, stage, owner_id, product_line) DO UPDATE SET open = open + excluded.open, open_amount = open_amount + excluded.open_amount, closed = closed + excluded.closed;
END;

CREATE TRIGGER opportunity_is_taken_off AFTER DELETE ON opportunity BEGIN
    UPDATE opportunity_tally SET open = open - (OLD.closed_at IS NULL), open_amount = open_amount - CASE WHEN OLD.closed_at IS NULL THEN OLD.amount ELSE 0 END, closed = closed - (OLD.closed_at IS NOT NULL)
    WHERE line = OLD.line AND stage = OLD.stage AND owner_id = OLD.owner_id AND product_line = coalesce(OLD.product_line, '');
END;

CREATE TRIGGER opportunity_is_tallied_anew AFTER UPDATE ON opportunity
WHEN OLD.line IS NOT NEW.line OR OLD.stage IS NOT NEW.stage OR OLD.owner_id IS NOT NEW.owner_id OR OLD.product_line IS NOT NEW.product_line OR OLD.amount IS NOT NEW.amount OR OLD.closed_at IS NOT NEW.closed_at
BEGIN
    UPDATE opportunity_tally SET open = open - (OLD.closed_at IS NULL), open_amount = open_amount - CASE WHEN OLD.closed_at IS NULL THEN OLD.amount ELSE 0 END, closed = closed - (OLD.closed_at IS NOT NULL)
    WHERE line = OLD.line AND stage = OLD.stage AND owner_id = OLD.owner_id AND product_line = coalesce(OLD.product_line, '');
    INSERT INTO opportunity_tally (line, stage, owner_id, product_line, open, open_amount, closed)
    VALUES (NEW.line, NEW.stage, NEW.owner_id, coalesce(NEW.product_line, ''), NEW.closed_at IS NULL, CASE WHEN NEW.closed_at IS NULL THEN NEW.amount ELSE 0 END, NEW.closed_at IS NOT NULL)
    ON CONFLICT (line, stage, owner_id, product_line) DO UPDATE SET open = open + excluded.open, open_amount = open_amount + excluded.open_amount, closed = closed + excluded.closed;
END;

DROP INDEX "ix_opportunity_stage";
CREATE INDEX "ix_opportunity_stage" ON "opportunity" ("line", "stage", "stage_since", "id", "amount");
CREATE INDEX "ix_opportunity_owner_stage" ON "opportunity" ("owner_id", "line", "stage", "stage_since", "id", "amount");
