"""What every generated client shares: ordinary modules, copied unchanged into each client as `_runtime/`.

Nothing here depends on the fields of an API. The rooms stand on each other in this order, and none reaches
upwards:

`agents`        the methods of a client as tools, over the Model Context Protocol
`command_line`  a console script over the methods of a client
`batch`         many requests with a journal, which goes on after a kill and pays for nothing twice
`client`        the core that carries out calls, and polling for jobs
`models`        the raw layer's encoding and decoding, and conformance to the contract
`streaming`     answers that are still arriving: server-sent events, byte streams, saving as they come
`http`          the only door to httpx: one attempt, and when another one is allowed
`request`       from arguments to a request: parameters, bodies, multipart, files
`response`      from an answer to a result or an error: media types, JSON Pointer, results, saving
`settings`      options, secrets, environment, proxies, certificates, pickling, response limits
`errors`, `unset`, `contract`, `run_blocking`, `event_loop`   the ground: error tree, vocabulary, the sync and
                async driver, what asyncio and trio have in common

Start at `client/base_core.py` (how a call is carried out) and `contract.py` (how generated code describes
one).
"""
