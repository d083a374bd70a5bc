-- Runs of equal words: shingles of few families, joined with themselves, cut where the diagonal breaks.
with known as (
  select s.h, s.doc, s.pos, f.family from shingles s join families f using (doc)
), rare as (
  select h from known group by h having count(distinct family) <= $families and count(*) between 2 and $most
), kept as (
  select known.* from known join rare using (h)
), hits as (
  select x.doc as a, y.doc as b, x.pos as pa, y.pos as pb
  from kept x join kept y on x.h = y.h and x.doc < y.doc
), stepped as (
  select *, pb - pa as diagonal,
    pa - lag(pa) over (partition by a, b, pb - pa order by pa) as step
  from hits
), cut as (
  select *, sum(case when step is null or step > $gap then 1 else 0 end)
    over (partition by a, b, diagonal order by pa rows unbounded preceding) as run
  from stepped
)
select a, b, min(pa) as a_first, max(pa) as a_last, min(pb) as b_first, max(pb) as b_last
from cut group by a, b, diagonal, run order by a, b, a_first, b_first
