"""Tokens: golden sentences of an invented country, laws that hold for any text, hostile text in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.reading.tokenise import tokenise

GOLDEN = """
The army didn't leave Velmara.|The army did n't leave Velmara .
Velmara's men won’t go; they’re tired.|Velmara 's men wo n’t go ; they ’re tired .
They cannot stay and we're gonna leave.|They can not stay and we 're gon na leave .
I'd've gone.|I 'd 've gone .
The judges' vote fell on O'Hara, Qa'im and the o'clock bell.|The judges ' vote fell on O'Hara , Qa'im and the o'clock bell .
A well-known pro-Tavo ex-minister sent an e-mail.|A well - known pro-Tavo ex-minister sent an e-mail .
The U.S.-led force and sub-Velmaran towns.|The U.S. - led force and sub-Velmaran towns .
Mr. Oke, Dr. Renn and Gen. J. R. Tavo met.|Mr. Oke , Dr. Renn and Gen. J. R. Tavo met .
It cost $5.20, £4m, US$1,200.50 or 10% of 4.5bn.|It cost $ 5.20 , £ 4 m , US$ 1,200.50 or 10 % of 4.5 bn .
At 5:30pm on 3/4/2021 the 19th-century gate fell.|At 5:30 pm on 3/4/2021 the 19th - century gate fell .
He came at 5 p.m. on Friday.|He came at 5 p.m. on Friday .
He came at 5 p.m.|He came at 5 p.m .
In the 1990s, 1964-65 and the ’80s No. 10 won.|In the 1990s , 1964 - 65 and the ’80s No. 10 won .
Bread, oil, etc. are short, and salt, etc.|Bread , oil , etc. are short , and salt , etc .
She left for the U.S.|She left for the U.S.
Wait... what?! No -- never—ever.|Wait ... what ?! No -- never — ever .
“Why?” he asked. 'Go,' she said.|“ Why ? ” he asked . ' Go , ' she said .
See https://example.org/a-b?c=d, www.example.org.|See https://example.org/a-b?c=d , www.example.org .
Write to a.oke@example.org or @tavo_renn about #FreeVelmara.|Write to a.oke@example.org or @tavo_renn about #FreeVelmara .
The end.The start and/or the middle (part 1).|The end . The start and / or the middle ( part 1 ) .
AT&T said COVID-19 and #2 matter.|AT&T said COVID - 19 and # 2 matter .
Call +44 20 or 555-123-4567.|Call +44 20 or 555-123-4567 .
It's (NRF)'s flag in 2003's sun.|It 's ( NRF ) 's flag in 2003 's sun .
I dont know.|I do nt know .
"""
ROWS = [tuple(line.split("|")) for line in GOLDEN.strip().splitlines()]
# Text that has hurt tokenisers: marks, stops, figures and letters mixed without order.
ODD = st.text(
    alphabet=st.sampled_from("aZé9.,-'’“”\"/@#$%&*:;!?()[]_+= \n\t\u00a0\u200b\u200d\ufe0f👍🇺🇳中й\x00\u0301…—")
)


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_golden(text: str, expected: str) -> None:
    assert " ".join(text[s:e] for s, e in tokenise(text, 0, len(text))) == expected


@given(st.one_of(ODD, st.text()), st.integers(0, 5), st.integers(0, 5))
def test_every_character_but_blanks_is_in_one_token(text: str, skip: int, leave: int) -> None:
    start, end = min(skip, len(text)), max(min(skip, len(text)), len(text) - leave)
    at = start
    for s, e in tokenise(text, start, end):
        assert at <= s < e <= end
        assert not text[at:s].strip()
        assert not any(c.isspace() for c in text[s:e])
        at = e
    assert not text[at:end].strip()


@pytest.mark.parametrize(
    "piece",
    ["a", "é", "1", "1.", "1,111", "a.", "A.B.", "a-", "-a-", "non-", "a'", "n't", "'s", "a@", "www.", "a/", "a&", "A&", "#",
     "👍", "👍\u200d", "\u0301", "中", "\x00", "“", "\u00a0", "http://", "a.b@", ".com", "ab.cd.", "$", "'90", "Mr.", "*a", "+1"],
)  # fmt: skip
def test_hostile_text_costs_little(piece: str) -> None:
    text = piece * 20_000
    began = time.process_time()
    tokens = tokenise(text, 0, len(text))
    assert time.process_time() - began < 1.0
    assert sum(e - s for s, e in tokens) == sum(not c.isspace() for c in text)
