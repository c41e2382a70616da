from __future__ import annotations
import pytest
from flask import Flask
from procure.demonstration.cast import Cast
from procure.demonstration import appraisal as demo
from procure.procurement.rules import Stage
from tests.an_appraisal import a_file, an_appraisal

def test_walk(app: Flask, cast: Cast) -> None:
    procurement = a_file(cast)
    demo.appraise(procurement, cast)
    assert procurement.stage is Stage.SEEKING_APPROVAL
