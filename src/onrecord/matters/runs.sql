-- Runs of equal words: shingles of few families, or mostly of one, joined with themselves, cut where the diagonal breaks.
-- A list of more than $longest reports is joined through the longest $medoids of each of its families only, so that the
-- output grows with the pile and not with its square.
-- shingles: h, doc, pos. families: doc, family, words.
with known as (
  select s.h, s.doc, s.pos, f.family, count(*) over (partition by s.h) as holders,
    row_number() over (partition by s.h, f.family order by f.words desc, s.doc) as place
  from shingles s join families f on s.doc = f.doc
), held as (
  select h, family, count(*) as reports from known group by h, family
), rare as (
  select h from held group by h having count(*) <= $families or max(reports) >= $home * sum(reports)
), kept as (
  select known.h, known.doc, known.pos, holders <= $longest or place <= $medoids as joins
  from known join rare on known.h = rare.h
), stepped as (
  select x.doc as a, y.doc as b, x.pos as pa, y.pos as pb,
    x.pos - lag(x.pos) over (partition by x.doc, y.doc, y.pos - x.pos order by x.pos) as step
  from kept x join kept y on x.h = y.h and x.doc < y.doc and (x.joins or y.joins)
), cut as (
  select a, b, pa, pb, sum(case when step is null or step > 1 then 1 else 0 end)
    over (partition by a, b, pb - pa order by pa rows unbounded preceding) as run
  from stepped
)
select a, b, min(pa) as a_first, min(pb) as b_first, count(*) + $shingle - 1 as words
from cut group by a, b, pb - pa, run order by a, b, a_first, b_first
