"""What a pull request gets that changes the contract: a comment on what the change means, and a status.

`comparing` makes the comment with the generator, and decides the status; `posting` puts the comment there.
The actions in `.github/actions/` run them, and hold no logic of their own.
"""
