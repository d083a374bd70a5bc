"""Languages and encodings: told rightly or said to be undecided; what is not English is kept, shown, searched and unread."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.errors import UnreadableReport
from onrecord.ledger.store import Ledger
from onrecord.text.encodings import decode
from onrecord.text.languages import language
from onrecord.views.cli import cli

SAMPLES = {
    "ru": "Мост через реку закрыли в понедельник вечером, сообщил мэр города, потому что вода поднялась выше берега. Никто не пострадал, сказала она, и школа откроется снова в среду. Жители говорят, что дорога на север пока закрыта, и солдаты стоят у въезда в посёлок.",
    "uk": "Міст через річку закрили в понеділок увечері, повідомив мер міста, бо вода піднялася вище берега. Ніхто не постраждав, сказала вона, і школа відкриється знову в середу. Мешканці кажуть, що дорога на північ поки закрита, і солдати стоять біля в'їзду до селища.",
    "bg": "Мостът над реката беше затворен в понеделник вечерта, съобщи кметът на града, защото водата се покачи над брега. Никой не е пострадал, каза тя, и училището ще отвори отново в сряда. Жителите казват, че пътят на север засега е затворен.",
    "sr": "Мост преко реке затворен је у понедељак увече, саопштио је градоначелник, јер је вода порасла изнад обале. Нико није повређен, рекла је она, и школа ће се поново отворити у среду. Становници кажу да је пут на север за сада затворен.",
    "ar": "أغلق الجسر على النهر مساء الاثنين، بحسب ما قال رئيس البلدية، لأن المياه ارتفعت فوق الضفة. ولم يصب أحد بأذى، كما قالت، وستفتح المدرسة أبوابها من جديد يوم الأربعاء. ويقول سكان المنطقة إن الطريق إلى الشمال مغلق حتى الآن.",
    "fa": "پل روی رودخانه عصر دوشنبه بسته شد، شهردار گفت، زیرا آب از ساحل بالاتر آمد. او گفت که هیچ کس آسیب ندیده است و مدرسه روز چهارشنبه دوباره باز می‌شود. ساکنان منطقه می‌گویند که راه شمال فعلا بسته است.",
    "he": "הגשר על הנהר נסגר ביום שני בערב, כך אמר ראש העיר, כי המים עלו מעל הגדה. איש לא נפגע, היא אמרה, ובית הספר ייפתח שוב ביום רביעי. תושבי האזור אומרים כי הדרך צפונה סגורה לעת עתה, ולא ידוע מתי יוכלו לשוב אל הבתים של המשפחות.",
    "tr": "Nehrin üzerindeki köprü pazartesi akşamı kapatıldı, dedi belediye başkanı, çünkü su kıyının üstüne çıktı. Kimse yaralanmadı, dedi ve okul çarşamba günü yeniden açılacak. Bölge sakinleri kuzeye giden yolun şimdilik kapalı olduğunu söylüyor. Bu bir ilk değil ama daha çok su için bir uyarı.",
    "pl": "Most na rzece został zamknięty w poniedziałek wieczorem, powiedział burmistrz, ponieważ woda podniosła się ponad brzeg. Nikt nie ucierpiał, powiedziała, a szkoła zostanie otwarta ponownie w środę. Mieszkańcy mówią, że droga na północ jest na razie zamknięta.",
    "fr": "Le pont sur la rivière a été fermé lundi soir, a déclaré le maire, parce que l'eau est montée au-dessus de la berge. Personne n'a été blessé, a-t-elle dit, et l'école rouvrira mercredi. Les habitants disent que la route du nord est fermée pour l'instant.",
    "de": "Die Brücke über den Fluss wurde am Montagabend geschlossen, sagte der Bürgermeister, weil das Wasser über das Ufer stieg. Niemand wurde verletzt, sagte sie, und die Schule öffnet am Mittwoch wieder. Für die Bewohner ist die Straße nach Norden gesperrt.",
    "el": "Η γέφυρα πάνω από τον ποταμό έκλεισε τη Δευτέρα το βράδυ, είπε ο δήμαρχος, επειδή το νερό ανέβηκε πάνω από την όχθη. Κανείς δεν τραυματίστηκε, είπε, και το σχολείο θα ανοίξει ξανά την Τετάρτη.",
    "ja": "川にかかる橋は月曜日の夜に閉鎖されたと市長が述べた。水が岸の上まで上がったためだ。けが人はなく、学校は水曜日に再び開く予定だという。",
    "zh": "市长说，由于河水漫过河岸，河上的桥于星期一晚上关闭。她说没有人受伤，学校将于星期三重新开放。当地居民说，通往北方的道路目前仍然关闭。",
    "ko": "시장은 강물이 둑 위로 올라와 월요일 저녁 강 위의 다리가 폐쇄됐다고 말했다. 다친 사람은 없으며 학교는 수요일에 다시 문을 열 것이라고 그는 말했다.",
}  # fmt: skip
# What each is commonly written in; those that must be known are, the rest may be undecided, and none may be garbled.
KNOWN = (
    "ru cp1251", "ru koi8-r", "ru cp866", "ru iso8859-5", "ru mac-cyrillic", "uk cp1251", "uk koi8-u", "uk cp1125", "bg cp1251",
    "sr cp1251", "ar cp1256", "ar iso8859-6", "he cp1255", "tr cp1254", "pl cp1250", "pl iso8859-2", "pl cp852", "fr cp1252", "de cp1252",
    "fr cp850", "fr mac-roman", "ja iso2022_jp",
)  # fmt: skip
PERHAPS = (
    "uk iso8859-5", "uk mac-cyrillic", "bg koi8-r", "bg cp866", "sr iso8859-5", "ar cp720", "fa cp1256", "he cp862", "he iso8859-8",
    "tr cp857", "tr iso8859-9", "de cp850", "de mac-roman", "el cp1253", "el iso8859-7", "el cp737", "ja shift_jis", "ja euc_jp",
    "zh gb18030", "zh big5", "ko cp949",
)  # fmt: skip


@pytest.mark.parametrize("code", sorted(SAMPLES))
def test_a_language_is_told(code: str) -> None:
    assert language(SAMPLES[code]) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Представитель фронта заявил агентству Осколки: около девяти тысяч бойцов находятся в долине Кесса, столько было и раньше; мы это знаем.", "ru"),
        ("قال المتحدث باسم الجبهة لوكالة أنباء الوادي: نحو تسعة آلاف مقاتل موجودون بالوادي الشمالي حاليا، وكانوا موجودين بالمدينة سابقا أيضا", "ar"),
        ("Шоҳидон гуфтанд, ки роҳи шимол баста аст ва сарбозон дар даромадгоҳи деҳа истодаанд; мактаб рӯзи чоршанбе аз нав кушода мешавад.", "und"),
    ],
)  # fmt: skip
def test_few_common_words_leave_the_alphabet(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize("case", KNOWN)
def test_an_undeclared_encoding_is_known_by_its_words(case: str) -> None:
    code, codec = case.split()
    raw = SAMPLES[code].encode(codec, "ignore")
    made = decode(raw, "a.txt")
    assert made.text == raw.decode(codec)
    assert ", as its " in made.encoding or ", by its " in made.encoding


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7, 1.0])
@pytest.mark.parametrize("case", [*KNOWN, *PERHAPS])
def test_an_encoding_is_right_or_undecided_and_never_garbled(case: str, part: float) -> None:
    code, codec = case.split()
    raw = SAMPLES[code][: int(len(SAMPLES[code]) * part)].encode(codec, "ignore")
    try:
        made = decode(raw, "a.txt")
    except UnreadableReport as error:
        assert "no other encoding is declared" in error.what
        assert "UTF-8" in error.hint
    else:
        assert made.text == raw.decode(codec)


@pytest.mark.parametrize("case", KNOWN[:-1])
def test_words_prove_an_encoding_also_between_tags(case: str) -> None:
    code, codec = case.split()
    page = f"<html><head><title>x</title><script>{'var a = 1 < 2;' * 200}</script></head><body class='one'><p>{SAMPLES[code]}</p><p class='two'>{SAMPLES[code]}</p></body></html>"
    raw = page.encode(codec, "ignore")
    assert decode(raw, "a.html").text == raw.decode(codec)


@pytest.mark.parametrize(
    ("codec", "declared", "told"),
    [
        ("utf-8", "windows-1251", "utf-8, though windows-1251 was declared"),
        ("cp1251", "utf-8", "cp1251, as its words prove, though utf-8 was declared"),
        ("koi8-r", "windows-1251", "koi8-r, as its words prove, though windows-1251 was declared"),
        ("cp1251", "koi8-r", "cp1251, as its words prove, though koi8-r was declared"),
        ("cp866", "windows-1251", "cp866, as its words prove, though windows-1251 was declared"),
        ("cp1251", "iso-8859-1", "cp1251, as its words prove, though iso-8859-1 was declared"),
        ("cp1251", "x-nonsense", "cp1251, as its words prove, though x-nonsense was declared"),
        ("utf-8", "x-nonsense", "utf-8, though x-nonsense was declared"),
        ("utf-16", "windows-1251", "utf-16, by its mark, though windows-1251 was declared"),
        ("utf-8-sig", "koi8-r", "utf-8, by its mark, though koi8-r was declared"),
        ("cp1251", "windows-1251", "cp1251, as declared"),
        ("cp1251", "WINDOWS-1251", "cp1251, as declared"),
        ("utf-8", "UTF8", "utf-8"),
        ("utf-8-sig", "utf-8", "utf-8, by its mark"),
    ],
)
def test_a_lie_about_the_encoding_is_recorded(codec: str, declared: str, told: str) -> None:
    made = decode(SAMPLES["ru"].encode(codec), "a.html", declared)
    assert made.encoding == told
    assert made.text.removeprefix("\ufeff") == SAMPLES["ru"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of one report in English and one a language, some of them in old encodings."""
    folder = tmp_path_factory.mktemp("in")
    (folder / "en.txt").write_text("The bridge was shut on Monday, the mayor of Kessa said, because of the flood.")
    for code, text in SAMPLES.items():
        codec = {"ru": "cp866", "uk": "cp1251"}.get(code, "utf-8")
        (folder / f"{code}.txt").write_bytes(f"{text}\n\n{text}".encode(codec))
    (folder / "lie.html").write_bytes(
        f'<html><head><meta charset="utf-8"></head><body><article><p>{SAMPLES["bg"]}</p><p>{SAMPLES["bg"]}</p></article></body></html>'.encode("cp1251")
    )  # fmt: skip
    ledger = folder.parent / "ledger.db"
    words = ["build", str(folder), "-o", str(ledger), "--reading", "none"]
    result = CliRunner().invoke(cli, words)
    assert f"{len(SAMPLES) + 1} reports not in English: kept, shown and searched, not read" in result.output
    return ledger


def test_the_decision_is_in_the_row(built: Path) -> None:
    with Ledger(built) as ledger:
        told = {row["path"]: (row["language"], row["encoding"]) for row in ledger.rows("reports")}
    assert told["ru.txt"] == ("ru", "cp866, as its words prove")
    assert told["uk.txt"] == ("uk", "cp1251, as its words prove")
    assert told["lie.html"] == ("bg", "cp1251, as its words prove, though utf-8 was declared")
    assert told["ar.txt"] == ("ar", "utf-8")


def test_other_languages_are_unread_and_found_by_their_words(built: Path) -> None:
    with Ledger(built) as ledger:
        foreign = {row["report_id"] for row in ledger.rows("reports") if row["language"] != "en"}
        for table in ("statements", "quantities", "events", "mentions", "times"):
            assert not [row for row in ledger.rows(table) if row["report_id"] in foreign], table
    for words in ("солдаты", "الجسر", "הגשר", "köprü"):
        found = CliRunner().invoke(cli, ["search", str(built), words, "--json"]).output
        assert json.loads(found.splitlines()[0])["report_id"] in foreign


class _Page(HTMLParser):
    """Text in right-to-left letters, with whether some element around it says dir="auto"."""

    VOID = frozenset(("meta", "link", "br", "img", "input", "hr", "tr", "td", "th", "li", "p"))

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.left: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "br", "img", "input", "hr"):
            self.open.append((tag, dict(attrs).get("dir") == "auto"))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        quiet = {"script", "style", "title"} & {tag for tag, _ in self.open}
        if any("\u0590" <= c <= "\u07ff" for c in data) and not quiet and not any(auto for _, auto in self.open):
            self.left.append(" ".join(data.split())[:60])


def test_text_from_right_to_left_is_shown_so(built: Path, tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["report", str(built), "-o", str(tmp_path / "site")]).exit_code == 0
    seen = 0
    for path in sorted((tmp_path / "site").rglob("*.html")):
        page = _Page()
        page.feed(path.read_text("utf-8"))
        assert not page.left, (path.name, page.left)
        seen += "الجسر" in path.read_text("utf-8")
    assert seen
