"""The methods of a client as tools for agents, over the Model Context Protocol.

`tool`      a tool as data that generated code fills in
`folders`   which files may be read, and where results go
`results`   results and errors as the content that agents are given
`calling`   one call of a tool
`serving`   the server, over stdio or streamable HTTP
`command`   the command of the console script that starts it

Importing `results`, `calling` and `serving` needs the extra `mcp`.
"""
