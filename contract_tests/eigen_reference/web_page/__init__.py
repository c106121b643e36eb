"""The page at `/`: a form for each job of the contract, which sends the real request and shows the answer.

No field and no job is written down here: `jobs` and `fields` describe what the contract has, and the scripts
in `files/` make forms of that. The page loads nothing from elsewhere; its Content-Security-Policy says so.
"""
