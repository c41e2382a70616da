"""The minute of Cabinet, 18 February 2019, item 92, and of Havering's Cabinet, in their own words."""

from __future__ import annotations

TITLE = "Voluntary, Community and Social Enterprise Sector Strategy"
RESOLUTIONS = (
    "Agree the Participation and Partnerships Strategy for strengthening the voluntary, community and social "
    "enterprise sector in Barking and Dagenham, as set out at Appendix 4 to the report;",
    "Note the local giving model update at Appendix 3 to the report and proposed next steps within the strategy;",
    "Agree that the remaining Crowdfunding budget be ringfenced for 2019-2021 to support both the contract with "
    "Crowdfunder UK and the match-funding small grants fund;",
    "Agree the procurement of a VCSE organisation to deliver the social infrastructure support and a local giving "
    "model, as detailed in Option 4 in the report; and",
    "Delegate authority to the Director of Policy and Participation, in consultation with the Cabinet Member for "
    "Community Leadership and Engagement, the Cabinet Member for Social Care and Health Integration, the Chief "
    "Operating Officer and the Director of Law and Governance, to conduct the procurement and award and enter into "
    "the contract for social infrastructure support and all other necessary or ancillary agreements with the "
    "successful partner, in line with the priorities set out in the strategy.",
)

CROWDFUNDING = "the Crowdfunding budget"
BASIS = "the remaining budget"
PURPOSES = ("the contract with Crowdfunder UK", "the match-funding small grants fund")

HAVERING_TITLE = "Voluntary Sector Strategy & Action Plan"
HAVERING_CONSULTATION = """\
Led by an independent consultant
Workshops
Focus groups
One-to-one meetings
Written comments, to the Council’s consultant or to the Council itself"""
HAVERING_RESOLVED = "Cabinet approved the Voluntary Sector Strategy and Action Plan attached to the report."
