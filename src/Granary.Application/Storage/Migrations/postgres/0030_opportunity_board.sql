-- How many opportunities of whom stand where, and their sums: kept by the database itself, whoever writes, so that a board of any size tells them at once.
CREATE TABLE opportunity_tally (
    line character varying(60) NOT NULL,
    stage character varying(60) NOT NULL,
    owner_id uuid NOT NULL,
    product_line character varying(100) NOT NULL,
    open integer NOT NULL,
    open_amount bigint NOT NULL,
    closed integer NOT NULL,
    CONSTRAINT pk_opportunity_tally PRIMARY KEY (line, stage, owner_id, product_line)
);

INSERT INTO opportunity_tally (line, stage, owner_id, product_line, open, open_amount, closed)
SELECT line, stage, owner_id, coalesce(product_line, ''), count(*) FILTER (WHERE closed_at IS NULL), coalesce(sum(amount) FILTER (WHERE closed_at IS NULL), 0), count(*) FILTER (WHERE closed_at IS NOT NULL)
FROM opportunity GROUP BY 1, 2, 3, 4;

CREATE FUNCTION tally_opportunity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- In one order, so that two that pass one another in opposite directions do not wait for each other.
        PERFORM 1 FROM opportunity_tally t
        WHERE (t.line, t.stage, t.owner_id, t.product_line) IN ((OLD.line, OLD.stage, OLD.owner_id, coalesce(OLD.product_line, '')), (NEW.line, NEW.stage, NEW.owner_id, coalesce(NEW.product_line, '')))
        ORDER BY t.line, t.stage, t.owner_id, t.product_line FOR UPDATE;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        UPDATE opportunity_tally SET
            open = open - CASE WHEN OLD.closed_at IS NULL THEN 1 ELSE 0 END,
            open_amount = open_amount - CASE WHEN OLD.closed_at IS NULL THEN OLD.amount ELSE 0 END,
            closed = closed - CASE WHEN OLD.closed_at IS NULL THEN 0 ELSE 1 END
        WHERE line = OLD.line AND stage = OLD.stage AND owner_id = OLD.owner_id AND product_line = coalesce(OLD.product_line, '');
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO opportunity_tally AS t (line, stage, owner_id, product_line, open, open_amount, closed)
        VALUES (NEW.line, NEW.stage, NEW.owner_id, coalesce(NEW.product_line, ''), CASE WHEN NEW.closed_at IS NULL THEN 1 ELSE 0 END, CASE WHEN NEW.closed_at IS NULL THEN NEW.amount ELSE 0 END, CASE WHEN NEW.closed_at IS NULL THEN 0 ELSE 1 END)
        ON CONFLICT (line, stage, owner_id, product_line) DO UPDATE SET open = t.open + EXCLUDED.open, open_amount = t.open_amount + EXCLUDED.open_amount, closed = t.closed + EXCLUDED.closed;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER opportunity_is_tallied AFTER INSERT OR DELETE ON opportunity FOR EACH ROW EXECUTE FUNCTION tally_opportunity();

CREATE TRIGGER opportunity_is_tallied_anew AFTER UPDATE ON opportunity FOR EACH ROW
WHEN ((OLD.line, OLD.stage, OLD.owner_id, OLD.product_line, OLD.amount, OLD.closed_at) IS DISTINCT FROM (NEW.line, NEW.stage, NEW.owner_id, NEW.product_line, NEW.amount, NEW.closed_at))
EXECUTE FUNCTION tally_opportunity();

DROP INDEX ix_opportunity_stage;
CREATE INDEX ix_opportunity_stage ON opportunity (line, stage, stage_since, id, amount);
CREATE INDEX ix_opportunity_owner_stage ON opportunity (owner_id, line, stage, stage_since, id, amount);
