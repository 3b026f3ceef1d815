"""Folding, variants of persons' names, acronyms."""

import pytest

from kg.actors.names import acronyms_of, fold, fold_words, is_acronym_of, is_name_variant


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Ukraine", "ukraine"),
        ("the Kremlin", "kremlin"),
        ("The Hague", "hague"),
        ("The", "the"),
        ("Turkey's", "turkey"),
        ("Turkey’s", "turkey"),
        ("the Emirates'", "emirates"),
        ("Élysée", "elysee"),
        ("Erdoğan", "erdogan"),
        ("ERDOĞAN", "erdogan"),
        ("İstanbul", "istanbul"),
        ("Akıncı", "akinci"),
        ("Wałęsa", "walesa"),
        ("Løkke", "lokke"),
        ("Al-Qaeda", "al qaeda"),
        ("al–Qaeda", "al qaeda"),
        ("Kim Jong-un", "kim jong un"),
        ("N'Djamena", "ndjamena"),
        ("Sana’a", "sanaa"),
        ("Côte d’Ivoire", "cote divoire"),
        ("U.S.", "us"),
        ("Washington, D.C.", "washington dc"),
        ("St. Petersburg", "st petersburg"),
        ("People's Republic of China", "people republic of china"),
        ("AT&T", "at and t"),
        ("  New   York ", "new york"),
        ("Киев", "киев"),
        ("’s", ""),
        ("—", ""),
        ("", ""),
    ],
)
def test_fold_table(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_fold_is_idempotent() -> None:
    assert fold(fold("The Élysée's")) == fold("The Élysée's")


def test_fold_words_keeps_the_article() -> None:
    assert fold_words("The Times") == ("the", "times")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Zelensky", "Volodymyr Zelensky"),
        ("Zelenskyy", "Volodymyr Zelensky"),
        ("Zelenskiy", "Volodymyr Zelenskyy"),
        ("Vladimir Zelensky", "Volodymyr Zelenskyy"),
        ("V. Zelensky", "Volodymyr Zelensky"),
        ("Erdogan", "Recep Tayyip Erdoğan"),
        ("Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Recep Erdogan", "Recep Tayyip Erdoğan"),
        ("R. T. Erdoğan", "Recep Tayyip Erdoğan"),
        ("Xi", "Xi Jinping"),
        ("Kim", "Kim Jong-un"),
        ("Kim Jong Un", "Kim Jong-un"),
        ("Mohammed bin Salman", "Muhammad bin Salman"),
        ("Mohammed bin Salman", "Mohammed bin Salman Al Saud"),
        ("bin Salman", "Mohammed bin Salman"),
        ("von der Leyen", "Ursula von der Leyen"),
        ("al-Sisi", "Abdel Fattah el-Sisi"),
        ("Assad", "Bashar al-Assad"),
        ("Gaddafi", "Muammar Qaddafi"),
        ("Lukashenka", "Alexander Lukashenko"),
        ("Aleksandr Lukashenko", "Alexander Lukashenko"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Serhiy Zhadan", "Sergei Zhadan"),
        ("Dmitri Medvedev", "Dmitry Medvedev"),
        ("Oleksandr Usyk", "Alexander Usyk"),
        ("George Bush", "George W. Bush"),
        ("Yanukovich", "Viktor Yanukovych"),
    ],
)
def test_is_name_variant_accepts(short: str, long: str) -> None:
    assert is_name_variant(short, long)
    assert is_name_variant(long, short)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Merkel", "Meghan Markle"),
        ("Donald Trump", "Melania Trump"),
        ("Donald Trump", "Donald Trump Jr."),
        ("Daniel Ortega", "Daniela Ortega"),
        ("Raúl Castro", "Fidel Castro"),
        ("Putin", "Volodymyr Zelensky"),
        ("J. Biden", "Hunter Biden"),
        ("Mitchell", "Charles Michaels"),
        ("Maria Silva", "Mario Silva"),
        ("", "Volodymyr Zelensky"),
    ],
)
def test_is_name_variant_refuses(short: str, long: str) -> None:
    assert not is_name_variant(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("UN", "United Nations"),
        ("U.N.", "the United Nations"),
        ("OSCE", "Organization for Security and Co-operation in Europe"),
        ("IAEA", "International Atomic Energy Agency"),
        ("DoD", "Department of Defense"),
        ("DRC", "Democratic Republic of the Congo"),
        ("AKP", "Adalet ve Kalkınma Partisi"),
    ],
)
def test_is_acronym_of_table(short: str, long: str) -> None:
    assert is_acronym_of(short, long) is (short != "AKP")


def test_acronyms_of_one_word_is_empty() -> None:
    assert acronyms_of("Hamas") == frozenset()
