from __future__ import annotations

from functools import partial

import pytest
import spacy

from kg.evaluation.speed import measure_speed

TEXTS = ["Ana met Bo in Oslo .\n\n" * 200] * 30


@pytest.mark.slow
def test_measure_speed_of_a_pipeline_tells_all_its_costs():
    speed = measure_speed(partial(spacy.blank, "en"), TEXTS)
    assert speed.words_a_second > 1000
    assert speed.words_a_second_of_two > 1000
    assert 0 < speed.load_seconds < 60
    assert 0 < speed.size_megabytes < 10
    assert speed.peak_megabytes is None or 20 < speed.peak_megabytes < 2000


@pytest.mark.slow
def test_measure_speed_passes_on_what_goes_wrong_there():
    with pytest.raises(OSError, match="E050"):
        measure_speed(partial(spacy.load, "no_such_pipeline"), TEXTS)
