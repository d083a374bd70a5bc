-- Pairs of reports that share many shingles: links between neighbours in each posting list only (n-1 edges, not n^2).
with linked as (
  select doc as a, lead(doc) over (partition by h order by doc) as b from shingles
)
select a, b, count(*) as shared
from linked join lengths la on la.doc = a join lengths lb on lb.doc = b
where b is not null
group by a, b, la.words, lb.words
having count(*) >= $enough and count(*) >= $share * least(la.words, lb.words)
order by a, b
