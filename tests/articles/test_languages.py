"""Telling English from other languages: of whole articles, of short texts, of quotations."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from kg.articles import foreign_language, sample_articles

TEXTS = {
    "German": (
        "Der ukrainische Präsident hat sich am Samstag mit seinem türkischen Amtskollegen in der "
        "Hauptstadt getroffen. Beide Seiten sprachen über Sicherheit, Energie und den Handel. "
        "Nach Angaben des Ministeriums wurde ein Abkommen unterzeichnet, das im kommenden Jahr in"
        " Kraft treten soll."
    ),
    "French": (
        "Le président ukrainien a rencontré samedi son homologue turc dans la capitale. Les deux "
        "parties ont parlé de sécurité, d'énergie et de commerce. Selon le ministère, un accord a"
        " été signé, qui doit entrer en vigueur l'année prochaine, but final de ces négociations."
    ),
    "Spanish": (
        "El presidente ucraniano se reunió el sábado con su homólogo turco en la capital. Ambas "
        "partes hablaron de seguridad, energía y comercio. Según el ministerio, se firmó un "
        "acuerdo que debe entrar en vigor el año que viene."
    ),
    "Italian": (
        "Il presidente ucraino ha incontrato sabato il suo omologo turco nella capitale. Le due "
        "parti hanno parlato di sicurezza, energia e commercio. Secondo il ministero è stato "
        "firmato un accordo che entrerà in vigore il prossimo anno."
    ),
    "Portuguese": (
        "O presidente ucraniano reuniu-se no sábado com o seu homólogo turco na capital. As duas "
        "partes falaram de segurança, energia e comércio. Segundo o ministério, foi assinado um "
        "acordo que deve entrar em vigor no próximo ano."
    ),
    "Dutch": (
        "De Oekraïense president heeft zaterdag zijn Turkse ambtgenoot in de hoofdstad ontmoet. "
        "Beide partijen spraken over veiligheid, energie en handel. Volgens het ministerie is een"
        " akkoord getekend dat volgend jaar van kracht wordt."
    ),
    "Swedish": (
        "Den ukrainske presidenten träffade på lördagen sin turkiske kollega i huvudstaden. Båda "
        "sidor talade om säkerhet, energi och handel. Enligt ministeriet undertecknades ett avtal"
        " som ska träda i kraft nästa år."
    ),
    "Danish": (
        "Den ukrainske præsident mødte lørdag sin tyrkiske kollega i hovedstaden. Begge sider "
        "talte om sikkerhed, energi og handel. Ifølge ministeriet blev der underskrevet en "
        "aftale, som skal træde i kraft næste år, for at have fred."
    ),
    "Norwegian": (
        "Den ukrainske presidenten møtte lørdag sin tyrkiske kollega i hovedstaden. Begge sider "
        "snakket om sikkerhet, energi og handel. Ifølge departementet ble det undertegnet en "
        "avtale som skal tre i kraft neste år."
    ),
    "Polish": (
        "Prezydent Ukrainy spotkał się w sobotę ze swoim tureckim odpowiednikiem w stolicy. Obie "
        "strony rozmawiały o bezpieczeństwie, energii i handlu. Według ministerstwa podpisano "
        "umowę, która ma wejść w życie w przyszłym roku."
    ),
    "Czech": (
        "Ukrajinský prezident se v sobotu setkal se svým tureckým protějškem v hlavním městě. Obě"
        " strany hovořily o bezpečnosti, energetice a obchodu. Podle ministerstva byla podepsána "
        "dohoda, která má vstoupit v platnost příští rok."
    ),
    "Turkish": (
        "Ukrayna cumhurbaşkanı cumartesi günü başkentte Türk mevkidaşıyla görüştü. İki taraf "
        "güvenlik, enerji ve ticaret konularını ele aldı. Bakanlığa göre gelecek yıl yürürlüğe "
        "girmesi beklenen bir anlaşma imzalandı ve taraflar yeniden bir araya gelecek."
    ),
    "Hungarian": (
        "Az ukrán elnök szombaton találkozott török hivatali társával a fővárosban. A két fél a "
        "biztonságról, az energiáról és a kereskedelemről tárgyalt. A minisztérium szerint "
        "aláírtak egy megállapodást, amely jövőre lép hatályba."
    ),
    "Finnish": (
        "Ukrainan presidentti tapasi lauantaina turkkilaisen virkaveljensä pääkaupungissa. "
        "Osapuolet puhuivat turvallisuudesta, energiasta ja kaupasta. Ministeriön mukaan "
        "allekirjoitettiin sopimus, jonka on määrä tulla voimaan ensi vuonna, kun kaikki ovat "
        "valmiita."
    ),
    "Romanian": (
        "Președintele ucrainean s-a întâlnit sâmbătă cu omologul său turc în capitală. Cele două "
        "părți au discutat despre securitate, energie și comerț. Potrivit ministerului, a fost "
        "semnat un acord care va intra în vigoare anul viitor."
    ),
    "Indonesian": (
        "Presiden Ukraina bertemu dengan rekannya dari Turki pada hari Sabtu di ibu kota. Kedua "
        "pihak membahas keamanan, energi, dan perdagangan. Menurut kementerian, sebuah perjanjian"
        " telah ditandatangani dan akan mulai berlaku tahun depan."
    ),
    "Vietnamese": (
        "Tổng thống Ukraina đã gặp người đồng cấp Thổ Nhĩ Kỳ vào thứ Bảy tại thủ đô. Hai bên đã "
        "thảo luận về an ninh, năng lượng và thương mại. Theo bộ này, một thỏa thuận đã được ký "
        "kết."
    ),
    "Swahili": (
        "Rais wa Ukraine alikutana Jumamosi na mwenzake wa Uturuki katika mji mkuu. Pande zote "
        "mbili zilizungumza kuhusu usalama, nishati na biashara. Kwa mujibu wa wizara, "
        "makubaliano yalitiwa saini ambayo yataanza kutumika mwaka ujao."
    ),
    "Russian": "Президент Украины встретился в субботу со своим турецким коллегой в столице.",
    "Ukrainian": "Президент України зустрівся в суботу зі своїм турецьким колегою в столиці.",
    "Greek": ("Ο πρόεδρος της Ουκρανίας συναντήθηκε το Σάββατο με τον Τούρκο ομόλογό του στην πρωτεύουσα."),
    "Arabic": "التقى الرئيس الأوكراني يوم السبت نظيره التركي في العاصمة وتحدثا عن الأمن والطاقة.",
    "Hebrew": "נשיא אוקראינה נפגש ביום שבת עם עמיתו הטורקי בעיר הבירה ודן בביטחון ובאנרגיה.",
    "Persian": ("رئیس جمهور اوکراین روز شنبه با همتای ترک خود در پایتخت دیدار کرد و درباره امنیت گفتگو کرد."),
    "Chinese": "乌克兰总统星期六在首都会见了土耳其总统。双方讨论了安全问题。",
    "Japanese": "ウクライナの大統領は土曜日に首都でトルコの大統領と会談した。双方は話し合った。",
    "Korean": "우크라이나 대통령은 토요일 수도에서 터키 대통령을 만났다. 안보를 논의했다.",
    "Hindi": "यूक्रेन के राष्ट्रपति ने शनिवार को राजधानी में अपने तुर्की समकक्ष से मुलाकात की।",
}
"""The same news in many languages, of our own writing."""
ENGLISH = "The two presidents met in the capital on Saturday. They talked about security and trade. "


@pytest.mark.parametrize("language", TEXTS)
def test_language_of_an_article_is_named(language):
    assert foreign_language(TEXTS[language]) == language


@pytest.mark.parametrize("language", TEXTS)
def test_language_of_capitals_is_named(language):
    assert foreign_language(TEXTS[language].upper()) == language


@pytest.mark.parametrize("language", TEXTS)
def test_quotation_makes_no_article_foreign(language):
    assert foreign_language(f"{ENGLISH}“{TEXTS[language]}” {ENGLISH}") is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" \n\t", id="white space"),
        pytest.param("Peru", id="one word"),
        pytest.param("Peru " * 700, id="one name often"),
        pytest.param("Scholz trifft Macron", id="few foreign words"),
        pytest.param("Путин, Медведев", id="few foreign letters"),
        pytest.param("🙂🇺🇦👨‍👩‍👧" * 50, id="emoji"),
        pytest.param("a" * 5000, id="one long word"),
        pytest.param("1,200 2,300 4,500 " * 50, id="numbers"),
        pytest.param(ENGLISH.upper(), id="capitals"),
        pytest.param(f"<div><p lang='de'>{ENGLISH}</p><br/>&nbsp;</div>" * 5, id="markup"),
        pytest.param("𝐓𝐡𝐞 𝐩𝐫𝐞𝐬𝐢𝐝𝐞𝐧𝐭𝐬 𝐦𝐞𝐭 𝐨𝐧 𝐒𝐚𝐭𝐮𝐫𝐝𝐚𝐲 𝐢𝐧 𝐋𝐢𝐦𝐚", id="mathematical letters"),
        pytest.param("Chelsea 2–1 Arsenal. Leeds 0–0 Everton. Burnley 3–2 Fulham. " * 3, id="scores"),
    ],
)
def test_text_that_is_not_certain_is_taken_for_english(text):
    assert foreign_language(text) is None


def test_foreign_article_in_markup_is_told():
    assert (
        foreign_language("".join(f"<p class='the'>{part}</p>" for part in [TEXTS["German"]] * 3)) == "German"
    )


def test_samples_are_english():
    assert {foreign_language(article.text) for article in sample_articles()} == {None}


def test_no_wikinews_article_nor_paragraph_is_refused(shared):
    lines = (shared / "articles" / "wikinews-2019.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    assert len(texts) == 171
    assert [text for text in texts if foreign_language(text)] == []
    assert [part for text in texts for part in text.split("\n") if foreign_language(part)] == []


def test_english_waits_for_no_model():
    code = (
        "import sys; from kg.articles import foreign_language, sample_articles;"
        "[foreign_language(article.text) for article in sample_articles()];"
        "sys.exit('py3langid' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
