"""Who is judged. A target is a base URL, an httpx transport, a key, capabilities; no code asks for its name.

`reference` is the server beside this package, in process; `recorded` is a tape; `live:URL` is any server.
"""

from eigen_contract.targets.target import Capability, Target
from eigen_contract.targets.which import Choice, open_target

__all__ = ["Capability", "Choice", "Target", "open_target"]
