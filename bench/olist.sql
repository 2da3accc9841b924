-- What the report of an imported history must say: sqlite3 :memory: '.mode csv' '.import FILE funnel' '.read bench/olist.sql'
.mode list
SELECT 'leads of ' || substr(first_contact_date, 1, 7) || ' by ' || origin || ': ' || count(*) FROM funnel GROUP BY substr(first_contact_date, 1, 7), origin ORDER BY 1;
SELECT origin || ': leads ' || count(*) || ', won ' || sum(won = '1') FROM funnel GROUP BY origin ORDER BY origin;
WITH days AS (SELECT max(0, julianday(substr(won_date, 1, 10)) - julianday(first_contact_date)) AS n FROM funnel WHERE won = '1'),
    placed AS (SELECT n, row_number() OVER (ORDER BY n) AS place, count(*) OVER () AS total FROM days)
SELECT 'leads ' || (SELECT count(*) FROM funnel) || ', won ' || max(total) || ', median days to win ' || avg(n) FROM placed WHERE place IN ((total + 1) / 2, (total + 2) / 2);
