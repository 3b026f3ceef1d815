from __future__ import annotations

import pytest

from kg.errors import ModelError

pytest.importorskip("safetensors", reason="training needs the extra train")
from kg.training.encoder import load_encoder
from kg.training.settings import read_settings


def test_load_encoder_refuses_another_file(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"other")
    (tmp_path / "vocab.txt").write_text("[PAD]", "utf-8")
    with pytest.raises(ModelError, match="not the expected file"):
        load_encoder(read_settings().encoder, tmp_path)


def test_load_encoder_names_a_missing_file(tmp_path):
    with pytest.raises(ModelError, match="cannot be read"):
        load_encoder(read_settings().encoder, tmp_path)
