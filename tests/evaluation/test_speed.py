from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest
import spacy

from kg.evaluation.speed import measure_speed, peak_megabytes


def blank(threads):
    return spacy.blank("en")


def missing(threads):
    return spacy.load("no_such_pipeline")


TEXTS = ["Ana met Bo in Oslo .\n\n" * 200] * 30


@pytest.mark.slow
def test_measure_speed_of_a_pipeline_tells_all_its_costs():
    speed = measure_speed(blank, TEXTS)
    assert speed.words_a_second > 1000
    assert speed.words_a_cpu_second > 1000
    assert speed.words_a_second_on_two_threads > 1000
    assert speed.words_a_second_in_two_processes > 1000
    assert 0 < speed.load_seconds < 60
    assert 0 < speed.size_megabytes < 10
    assert speed.peak_megabytes is None or 20 < speed.peak_megabytes < 2000


@pytest.mark.slow
def test_measure_speed_passes_on_what_goes_wrong_there():
    with pytest.raises(OSError, match="E050"):
        measure_speed(missing, TEXTS)


@pytest.mark.slow
def test_peak_megabytes_is_not_that_of_the_process_before():
    memory = bytearray(300_000_000)
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        found = pool.submit(peak_megabytes).result()
    assert found is None or found < len(memory) / 1e6
