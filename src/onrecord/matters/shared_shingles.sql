-- Shingles that two reports hold, in each report only where they first stand. raw: h, doc, pos.
with first as (
  select h, doc, min(pos) as pos from raw group by h, doc
), counted as (
  select h, doc, pos, count(*) over (partition by h) as holders from first
)
select h, doc, pos from counted where holders > 1
