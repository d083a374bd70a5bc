-- Reports that print one story: links between neighbours in each posting list only (n-1 edges, not n^2).
-- shingles: h, doc, pos. lengths: doc, words.
with linked as (
  select doc as a, pos as pa, lead(doc) over (partition by h order by doc) as b,
    lead(pos) over (partition by h order by doc) as pb
  from shingles
), stepped as (
  select a, b, pa, pb - pa as diagonal, pa - lag(pa) over (partition by a, b, pb - pa order by pa) as step
  from linked where b is not null
), cut as (
  select a, b, diagonal, sum(case when step is null or step > $gap then 1 else 0 end)
    over (partition by a, b, diagonal order by pa rows unbounded preceding) as piece
  from stepped
), pieces as (
  select a, b, count(*) as size from cut group by a, b, diagonal, piece
), pairs as (
  select a, b, sum(size) as shared, max(size) as longest from pieces group by a, b
)
select pairs.a, pairs.b
from pairs join lengths la on la.doc = pairs.a join lengths lb on lb.doc = pairs.b
where shared >= $enough and shared >= $share * least(la.words, lb.words)
  and (shared - longest >= $beside or shared >= $most * least(la.words, lb.words))
order by pairs.a, pairs.b
