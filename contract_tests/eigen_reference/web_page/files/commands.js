// Writes what was sent as a curl command and as Python. The key is a variable of the reader's shell.

const KEY = '"Authorization: Bearer $EIGENAI_API_KEY"';

/** Return the path and query of a request, without a slash in front. */
export function target(request) {
  const query = request.job.in_query ? `?${new URLSearchParams(request.texts)}` : "";
  return request.job.path.slice(1) + (query.length > 1 ? query : "");
}

/** Return the headers of a request, without the key. */
export function headers(request) {
  const all = {};
  if (request.body === "json") all["Content-Type"] = "application/json";
  if (request.fault) all["X-Eigen-Fault"] = request.fault;
  return all;
}

/** Return a value as a form carries it: what is no text, as JSON. */
export function formText(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Return the parts of a form, in order. A list is a part for each of its items. */
export function parts(request) {
  const texts = request.texts.flatMap(([name, value]) => [value].flat().map((item) => [name, formText(item)]));
  return [...texts, ...request.files];
}

export function curl(request, base) {
  const { job } = request;
  const words = [`curl -sS ${quoted(new URL(target(request), base).href)}`];
  if (job.method !== "GET" && !(job.method === "POST" && request.body)) words[0] += ` -X ${job.method}`;
  words.push(`-H ${KEY}`);
  for (const [name, value] of Object.entries(headers(request))) words.push(`-H ${quoted(`${name}: ${value}`)}`);
  if (request.body === "json") words.push(`--data-binary ${quoted(json(request))}`);
  if (request.body === "form") {
    for (const [name, value] of parts(request)) {
      // With --form-string, a text that begins with @ or < is not read as the name of a file.
      words.push(typeof value === "string"
        ? `--form-string ${quoted(`${name}=${value}`)}`
        : `-F ${quoted(`${name}=@"${value.name.replace(/["\\]/g, "\\$&")}"`)}`);
    }
  }
  words.push("-o answer");
  return words.join(" \\\n  ");
}

export function json(request) {
  return JSON.stringify(Object.fromEntries(request.texts));
}

function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Return a program with the client; "" where the contract names no method for the job. */
export function python(request, client) {
  const { job } = request;
  if (!job.python || !client.package) return "";
  const files = new Map();
  for (const [name, file] of request.files) files.set(name, [...(files.get(name) ?? []), file]);
  const values = [
    ...request.texts.map(([name, value]) => [name, literal(value)]),
    ...[...files].map(([name, chosen]) => [name, paths(chosen, request.lists.has(name))]),
  ];
  const lines = values.map(([name, value]) => `        ${snake(name)}=${value},`);
  const call = `client.${job.python}(\n${lines.join("\n")}\n    )`;
  return [
    ...(files.size ? ["from pathlib import Path", ""] : []),
    `from ${client.package} import ${client.client}`,
    "",
    `with ${client.client}() as client:`,
    `    result = ${call}`,
    `    print(${shown(request)})`,
  ].join("\n");
}

/** Return what is printed of a result, by its kind. */
function shown({ job, texts }) {
  const stem = literal(job.python.replaceAll(".", "-").replaceAll("_", "-"));
  const values = Object.fromEntries(texts);
  const kind = job.overloads.some((it) => values[it.field] === it.equals) ? "stream" : job.kind;
  switch (kind) {
    case "media": return `result.save(${stem})`;
    case "stream": return `result.save(${literal(`${JSON.parse(stem)}.wav`)})`;
    case "text": return "result.text";
    case "job": return job.wait ? `client.${job.wait}(result).save(${stem})` : "result";
    default: return "result.data";
  }
}

function paths(files, isList) {
  const written = files.map((file) => `Path(${literal(file.name)})`);
  return isList ? `[${written.join(", ")}]` : written[0];
}

/** Return a value of JSON as Python writes it. */
function literal(value) {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object") {
    return `{${Object.entries(value).map(([key, inner]) => `${literal(key)}: ${literal(inner)}`).join(", ")}}`;
  }
  return JSON.stringify(value); // every string and number of JSON is one of Python
}

function snake(name) {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").replaceAll("-", "_").toLowerCase();
}
