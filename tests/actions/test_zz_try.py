from tests.a_competition import *
from tests.signing_in import sign_in
from procure.council.models import Demonstration
from procure.extensions import db
from procure.audit.actions import writing
import pytest
STAGES=[("to_tender",a_file_to_tender,days.METHOD_SET),("open",open_to_bids,days.TENDER_CLOSES),("evaluating",evaluating,days.TENDER_CLOSES),("evaluated",evaluated,days.EVALUATED),("recommended",recommended,days.ASKED),("signed",signed,days.PUBLISHED),("written",written,days.STANDSTILL),("announced",announced,days.STANDSTILL)]
PATHS="tender tender/method tender/notice tender/suppliers tender/open-bids evaluation evaluation/panel evaluation/bids evaluation/bids/new evaluation/bids/1 evaluation/bids/1/bidder evaluation/bids/2/scores evaluation/scores award award/standstill award/letters award/notice award/details-notice award/challenge".split()
@pytest.mark.parametrize("name,make,day",STAGES)
def test_walk(app, cast, client, name, make, day):
    make(cast)
    t=writing.set(True); db.session.rollback(); db.session.add(Demonstration(today=day)); db.session.commit(); writing.reset(t)
    sign_in(client, cast["officer"])
    for path in PATHS:
        r=client.get(f"/procurements/PRO-2027-014/{path}")
        print(name, path, r.status_code)
        assert r.status_code in (200,302,404)
