"""The minute of Cabinet, 18 February 2019, item 92, and of Havering's Cabinet, in their own words."""

from __future__ import annotations

TITLE = "Voluntary, Community and Social Enterprise Sector Strategy"
INTRODUCED_BY = "The Cabinet Member for Community Leadership and Engagement"

BACKGROUND = """\
The Cabinet Member for Community Leadership and Engagement introduced a report on the proposed Participation and\
 Partnerships Strategy 2019-2023 and the procurement, via a social infrastructure contract, of an organisation \
from the voluntary, community and social enterprise (VCSE) sector to help deliver the Council’s aspirations.
The Cabinet Member referred to the key role of VCSE partners in the Borough and stated that a key focus of the \
new four-year Strategy was to strengthen the sector and build on some of the great work and ideas that had \
already helped to shape the Borough.  In turn, the VCSE sector would be better placed to influence and deliver \
essential services and support to the local community, help people grow in life and build a better future for \
everyone; all aspirations within the Borough Manifesto.
In respect of the procurement, the Cabinet Member referred to the tendering of the social infrastructure \
contract.  The end of the current contract had provided the opportunity to assess the options for the future, in\
 the context of the Borough Manifesto and the new Strategy.  The preferred option was to commission a new social\
 infrastructure contract to lead the step change required locally across the VCSE sector and develop, in \
conjunction with the Council and partners, arrangements for collaboration and support, including the local \
giving model and brand.
The Cabinet Member was also pleased to report that the Council had been awarded £100,000 grant funding from the \
Department for Digital, Culture, Media and Sport towards the development of the VCSE across 2018/19 and 2019/20."""

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
HAVERING_INTRODUCED_BY = "Councillor Melvin Wallace, Cabinet Member for Culture & Community Engagement"
HAVERING_BACKGROUND = """\
Cabinet was reminded that as part of the Council’s on-going work on demand management, and also as a result of \
key legislative changes such as the implementation of the Care Act, much consideration had been given over the \
past several months to the Council’s relationship with the voluntary and community sector (VCS); what outcomes \
the Council would wish to see delivered within the VCS, and how the Council could support the sector to build \
its capacity to deliver against its shared priorities.
On 9 October 2014, Council had published a draft Voluntary Sector Strategy for consultation.  An independent \
consultant was appointed to lead the consultation process which comprised of workshops, focus groups, one-to-one\
 meetings and an opportunity to submit comments directly either to the Council’s consultant or to the Council \
itself.
The aims of this action plan was to strengthen communities and to increase the effectiveness and impact of the \
voluntary sector so that it could support communities to be more resilient, by enabling neighbours, communities \
and families to support one another, and that local people could take the lead on improving their local areas \
through voluntary action, and
To improve local voluntary sector capacity to deliver high quality local services which people needed, and that \
new types of services, which best met peoples’ needs should be developed with - and by - the sector, possibly \
through new models of delivery."""
HAVERING_CONSULTATION = """\
Led by an independent consultant
Workshops
Focus groups
One-to-one meetings
Written comments, to the Council’s consultant or to the Council itself"""
HAVERING_REASONS = (
    "The Voluntary Sector Strategy and action plan set out how the Council would work with the sector going forward."
)
HAVERING_ALTERNATIVES = (
    "As part of the delivery of the action plan, further options would be considered in the future as to how "
    "services would be commissioned from the sector going forward."
)
HAVERING_RESOLVED = "Cabinet approved the Voluntary Sector Strategy and Action Plan attached to the report."
