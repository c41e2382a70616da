"""Procure: a council's purchases, from the contract that is ending to the reminder that opens the next.

The ground
    law             what statute says: thresholds, periods, standstill, working days, money
    words, choices, pictures, refusals   how we write, choose, draw and say no

Foundations, used by every stage
    council         what this council says of itself: names, dated rules, quote bands, the day of a demonstration
    people          persons, posts and who held them when, roles, sign-in, who may see what
    suppliers       whom we buy from
    audit           one act, one transaction, one trail
    documents       a declared Word template and its facts become a kept paper
    mail            letters written inside a transaction and posted after it
    jobs            long work, done by the clock: packs of papers, PDFs
    budget          grants, ring-fences, commitments
    authority       by what right: meetings, resolutions, delegations, consultations, signatures
    notices         statutory notices and when they were published
    procurement     the file itself, its lots, and every legal move on one page

The stages, in the order the officer walks them
    appraisal       options listed, costed, scored; one preferred
    approval        the report, and the decision to buy
    tender          how bids will be judged, and the tender notice
    evaluation      bids, consensus scores, prices, ranking
    award           letters to bidders, the award notice, standstill
    contract        terms, options, changes, indicators, promises, end, and what came before

Outer rooms, which look at many files
    reminder        which dates matter, to whom, how long before
    register        contracts from outside and what the public may read: lists, exports, quarters, decisions, the feed
    desk            My work, search, reports, help

Entrances: `app` (web), `cli` (commands), `clock` (the timetable).
"""
