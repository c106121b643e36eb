"""Faults at seams of the client's runtime: a wrapper behind a function changes what it takes or gives.

A wrapper is appended to the module, so that everything in the client that names the function gets it. Where a
function is told the name of a field, the fault is planted field by field.
"""

import re
from collections.abc import Callable, Iterator
from textwrap import dedent, indent

from eigen_contract.spec import Contract, Document, Variant
from eigen_contract.wire import is_binary, kinds_of
from mutants.client.planting import planted
from mutants.mutant import Mutant

RUNTIME = "_runtime"


BROKEN = 70
"""Exit status of a process in which a planted fault itself broke, which is no catch (EX_SOFTWARE)."""
WRAPPER = """

def _planted(original):
    def planted(*args, **named):
{body}
    def wrapper(*args, **named):
        try:
            return planted(*args, **named)
        except Exception as error:
            trace = error.__traceback__
            while trace.tb_next is not None:
                trace = trace.tb_next
            if trace.tb_frame.f_code.co_name in ("planted", "changed"):
                import os, sys, traceback
                traceback.print_exc(file=sys.__stderr__)
                os._exit({broken})
            raise
    return wrapper
{function} = _planted({function})
"""


def behind(function: str, body: str) -> Callable[[str], str]:
    """Replace a module's function by one that may call `original`.

    Raises:
        LookupError: the module has no such function; plant the fault elsewhere.
    """

    def changed(source: str) -> str:
        if re.search(rf"^(?:async )?def {function}\(", source, re.MULTILINE) is None:
            raise LookupError(
                f"the built client has no function {function} any more; plant this fault elsewhere"
            )
        text = indent(dedent(body).strip(), " " * 8)
        return source + WRAPPER.format(body=text, function=function, broken=BROKEN)

    return changed


def seam(family: str, operator: str, pointer: str, place: str, body: str) -> Mutant:
    """Plant behind a function; `place` is `room/module.function`."""
    module, _, function = place.partition(".")
    return planted(family, operator, pointer, f"{RUNTIME}/{module}.py", behind(function, body))


FORM, JSON = "multipart/form-data", "application/json"


def fields(contract: Contract, media_type: str) -> dict[str, tuple[Document, ...]]:
    """Return the fields that the client sends under a media type; what it never sends so cannot go wrong."""
    found: dict[str, tuple[Document, ...]] = {}
    for operation in contract.operations:
        for method in operation.methods:
            body = operation.bodies.get(media_type)
            for variant in body.variants if body else ():
                if variant.name in method.get("variants", ()):
                    for name, schema in sent(method, variant, media_type).items():
                        found[name] = (*found.get(name, ()), schema)
    return found


def sent(method: Document, variant: Variant, media_type: str) -> Document:
    """Return the fields of a variant that a method sends under a media type.

    Where a method prefers JSON only a file makes a form, and what excludes every file is never beside one.
    """
    declared = {name: schema for name, schema in variant.properties.items() if schema is not False}
    files = {name for name, schema in declared.items() if takes_files(schema)}
    if (method["encoding"] == FORM or bool(files)) != (media_type == FORM):
        return {}
    if method["encoding"] == FORM or not files:
        return declared
    groups = [set(group) for group in method.get("exclusive", ()) if files <= set(group)]
    barred = set[str]().union(*groups) - files
    return {name: schema for name, schema in declared.items() if name not in barred}


def takes_files(schema: Document) -> bool:
    return is_binary(schema) or is_binary(schema.get("items", {}))


FORM_TEXTS: dict[str, tuple[str, str, str]] = {
    "True-for-true": ("boolean", "boolean", "str(value) if isinstance(value, bool) else text"),
    "1-for-true": ("boolean", "boolean", "str(int(value)) if isinstance(value, bool) else text"),
    "true-for-false": ("boolean", "boolean", "'true' if value is False else text"),
    "15.0-for-15": ("encoding", "number", "str(float(value)) if type(value) is int else text"),
    "rounded": ("encoding", "number", "f'{value:.6g}' if type(value) is float else text"),
    "stripped": ("encoding", "string", "text.strip()"),
    "escaped": ("encoding", "string", "text.encode('ascii', 'backslashreplace').decode()"),
    "quoted": ("encoding", "string", "__import__('json').dumps(text)"),
    "unix-lines": ("encoding", "string", "text.replace('\\r\\n', '\\n')"),
    "upper-case": ("encoding", "string", "text.upper()"),
}
"""Faults of a form's texts: family, the type of the fields that they are planted at, and what is written."""
TEXT_IN_FORM = """
def changed(part):
    if part.name != {name!r} or not isinstance(part.content, bytes):
        return part
    value, text = args[1][part.name], part.content.decode()
    return part._replace(content=({expression}).encode())
return map(changed, original(*args, **named))
"""


def form_faults(contract: Contract) -> Iterator[Mutant]:
    """Write scalars of a form in another way, field by field."""
    declared = fields(contract, FORM)
    for operator, (family, kind, expression) in FORM_TEXTS.items():
        for name, schemas in declared.items():
            of = kinds(contract, schemas)
            if operator == "stripped" and "object" in of:
                continue  # an object in JSON text is the same without the spaces around it
            if kind in of:
                body = TEXT_IN_FORM.format(name=name, expression=expression)
                yield seam(
                    family, operator, f"multipart/form-data/{name}", "request/multipart._make_parts", body
                )


def kinds(contract: Contract, schemas: tuple[Document, ...]) -> set[str]:
    binary = any(is_binary(contract.follow(schema)[0]) for schema in schemas)
    return {"file"} if binary else {kind for schema in schemas for kind in kinds_of(schema, contract)}


JSON_VALUES: dict[str, tuple[str, str, str]] = {
    "text-for-boolean": ("boolean", "boolean", "str(value).lower()"),
    "number-for-boolean": ("boolean", "boolean", "int(value)"),
    "text-for-number": ("encoding", "number", "str(value)"),
    "15.0-for-15": ("encoding", "number", "float(value)"),
    "json-for-object": ("encoding", "object", "__import__('json').dumps(value)"),
    "stripped": ("encoding", "string", "value.strip() if isinstance(value, str) else value"),
    "escaped-twice": (
        "encoding",
        "string",
        "value.replace('\"', '\\\\\"') if isinstance(value, str) else value",
    ),
    "cut": ("lost-bytes", "string", "value[:20] if isinstance(value, str) else value"),
}


def json_faults(contract: Contract) -> Iterator[Mutant]:
    """Write members of JSON in another way, member by member."""
    for operator, (family, kind, expression) in JSON_VALUES.items():
        for name, schemas in fields(contract, JSON).items():
            if kind in kinds(contract, schemas):
                body = f"""
                    def changed(value):
                        return {expression}
                    values = dict(args[0])
                    if values.get({name!r}) is not None:
                        values[{name!r}] = changed(values[{name!r}])
                    return original(values)
                """
                yield seam(family, operator, f"application/json/{name}", "request/scalars.json_bytes", body)


FILES: dict[str, tuple[str, str]] = {
    "no-filename": ("filename", "head = re.sub(rb'; filename=\"[^\"]*\"', b'', head)"),
    "other-filename": ("filename", "head = head.replace(b'filename=\"', b'filename=\"copy of ')"),
    "filename-cut": ("filename", 'head = re.sub(rb\'(filename="[^"]*)[^"]"\', rb\'\\1"\', head)'),
    "as-a-text": ("filename", "head = head.partition(b'; filename=')[0]"),
    "other-part-name": ("filename", "head = head.replace(b'; name=\"', b'; name=\"the_')"),
    "last-byte-lost": ("lost-bytes", "content = content[:-1]"),
    "first-byte-lost": ("lost-bytes", "content = content[1:]"),
    "emptied": ("lost-bytes", "content = b''"),
    "repeated": ("lost-bytes", "content = content * 2"),
    "unix-lines": ("lost-bytes", "content = content.replace(b'\\r\\n', b'\\n')"),
    "as-base64": ("encoding", "content = __import__('base64').b64encode(content)"),
}
"""Faults of a part with a file: family, and what is done to its head and its content."""
IN_FORM = """
import re
made = original(*args, **named)
opening = b'--' + made.content_type.partition('boundary=')[2].encode()
def changed(part):
    head, blank, content = part.partition(b'\\r\\n\\r\\n')
    content = content[:-2]
    if b'; name="{name}"' in head:
        {change}
        part = head + blank + content + b'\\r\\n'
    return part
data = opening.join(map(changed, b''.join(made.chunks()).split(opening)))
return made._replace(pieces=(data,), size=len(data), repeatable=True)
"""


def file_faults(contract: Contract) -> Iterator[Mutant]:
    """Lose names and bytes of files, field by field."""
    for operator, (family, change) in FILES.items():
        for name, schemas in fields(contract, FORM).items():
            if any(map(takes_files, schemas)):
                body = IN_FORM.format(name=name, change=change)
                yield seam(
                    family,
                    operator,
                    f"multipart/form-data/{name}",
                    "request/multipart.encode_multipart",
                    body,
                )


BOUNDARIES = ("+++", "boundary", "----WebKitFormBoundary", "--")
"""Each of these a file can hold."""
FORMS = {
    "not-closed": "data = data[: data.rindex(b'--' + boundary)]",
    "closed-early": "data = data.replace(b'--' + boundary + b'\\r\\n', b'--' + boundary + b'--\\r\\n', 1)",
    "other-announced": "content_type += 'x'",
    "none-announced": "content_type = content_type.partition(';')[0]",
    "unix-lines": "data = data.replace(b'\\r\\n', b'\\n')",
    "first-part-lost": "data = b'--' + boundary + data.split(b'--' + boundary, 2)[2]",
}
"""Faults of a whole form."""
CONSTANT = """
content_type = content_type.partition('boundary=')[0] + 'boundary={text}'
data = data.replace(b'--' + boundary, b'--' + {data!r})
"""
"""As if the boundary were no random one."""
WHOLE_FORM = """
made = original(*args, **named)
content_type, data = made.content_type, b''.join(made.chunks())
boundary = content_type.partition('boundary=')[2].encode()
{change}
return made._replace(content_type=content_type, pieces=(data,), size=len(data), repeatable=True)
"""


def boundary_faults() -> Iterator[Mutant]:
    """Choose a boundary that a file can hold, close the form in another way, or announce another boundary."""
    for boundary in BOUNDARIES:
        yield form_fault(
            "constant-boundary", boundary, CONSTANT.format(text=boundary, data=boundary.encode())
        )
    for operator, change in FORMS.items():
        yield form_fault(operator, "multipart/form-data", change)


def form_fault(operator: str, pointer: str, change: str) -> Mutant:
    body = WHOLE_FORM.format(change=change)
    return seam("boundary", operator, pointer, "request/multipart.encode_multipart", body)


CHOSEN = "chosen = original(*args)\n"
ANSWERS: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "lost-bytes",
        "last-byte-lost",
        "base64",
        "response/media_parsing.decode_base64",
        "content, kind = original(*args)\nreturn content[:-1], kind",
    ),
    (
        "lost-bytes",
        "first-byte-lost",
        "base64",
        "response/media_parsing.decode_base64",
        "content, kind = original(*args)\nreturn content[1:], kind",
    ),
    (
        "error",
        "lenient",
        "base64",
        "response/media_parsing.decode_base64",
        "import base64\nreturn base64.b64decode(args[0] + '=='), ''",
    ),
    (
        "lost-bytes",
        "stripped",
        "text",
        "response/text_parsing._text_body",
        "return original(*args).encode('ascii', 'ignore').decode()",
    ),
    (
        "lost-bytes",
        "upper-case",
        "text in JSON",
        "response/text_parsing._text_in_json",
        "return original(*args).upper()",
    ),
    (
        "error",
        "any-media-type",
        "raw media",
        "response/media_parsing._type_of_body",
        "return getattr(args[1], 'raw', args[1]).media_type or 'image/png'",
    ),
    (
        "error",
        "any-text",
        "text",
        "response/text_parsing._text_body",
        "return getattr(args[1], 'raw', args[1]).text",
    ),
    (
        "error",
        "empty-text",
        "text in JSON",
        "response/text_parsing._text_in_json",
        "try:\n    return original(*args)\nexcept Exception:\n    return ''",
    ),
    ("error", "no-message", "errors", "response/status_errors.server_message", "return ''"),
    (
        "error",
        "message-of-another-member",
        "errors",
        "response/status_errors._message_in",
        "return original(args[0].get('hint') if isinstance(args[0], dict) else args[0])",
    ),
    (
        "dispatch",
        "always-the-first-body",
        "bodies",
        "request/bodies.choose_body",
        f"{CHOSEN}return chosen and (args[0].bodies[0], chosen[1])",
    ),
    (
        "dispatch",
        "always-the-last-body",
        "bodies",
        "request/bodies.choose_body",
        f"{CHOSEN}return chosen and (args[0].bodies[-1], chosen[1])",
    ),
    ("field", "lost-extra", "extra", "request/bodies._check_extra", "return {}"),
    (
        "encoding",
        "a-list-as-one",
        "form",
        "request/multipart._split_into_parts",
        "yield next(original(*args), None)",
    ),
    (
        "dispatch",
        "other-scheme",
        "security",
        "request/keys.with_secret",
        "url, given = original(*args)\nreturn url, tuple((k, v.replace('earer', 'oken')) for k, v in given)",
    ),
    ("dispatch", "no-key", "security", "request/keys.with_secret", "return args[0].url, args[0].headers"),
    (
        "dispatch",
        "cut-key",
        "security",
        "request/keys.with_secret",
        "url, headers = original(*args)\nreturn url, (*headers[:-1], (headers[-1][0], headers[-1][1][:-1]))",
    ),
    (
        "lost-bytes",
        "last-sample-lost",
        "wav",
        "streaming/wav.make_wav",
        "return original(args[0][:-2], args[1])",
    ),
)
"""Family, operator, pointer, function, and what is done."""


def answer_faults(contract: Contract) -> Iterator[Mutant]:
    """Lose what came back, or take what should raise."""
    for family, operator, pointer, place, body in ANSWERS:
        yield seam(family, operator, pointer, place, body)
    statuses = {
        status for operation in contract.operations for status in operation.responses if status >= "400"
    }
    for status in sorted(statuses):
        other_error = "BadRequestError" if status >= "500" else "ServerError"
        body = f"return errors.{other_error} if args[0] == {status} else original(*args)"
        yield seam("error", "other-error", f"status {status}", "response/status_errors.error_class", body)
        body = f"return '' if args[0].status_code == {status} else original(*args)"
        yield seam("error", "no-message", f"status {status}", "response/status_errors.server_message", body)


def pool(contract: Contract) -> Iterator[Mutant]:
    """Yield every fault of the runtime that can be planted."""
    yield from form_faults(contract)
    yield from json_faults(contract)
    yield from file_faults(contract)
    yield from boundary_faults()
    yield from answer_faults(contract)
