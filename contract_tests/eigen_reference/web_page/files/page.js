// The page: what the server is, a form for each job, what was sent and what came.
import { AnswerView } from "./answer.js";
import { curl, headers, json, parts, python, target } from "./commands.js";
import { at, copyButton, element } from "./elements.js";
import { JobForm } from "./form.js";
import { JournalView } from "./journal.js";

const BASE = new URL(".", document.baseURI).href;
const POLL = 500; // milliseconds between two questions about a job

let key = "";

/** A job's form, its answer, and the commands for it. */
class JobView {
  constructor(job, description) {
    this.job = job;
    this.client = description.client;
    this.form = new JobForm(job, description.faults);
    this.answer = new AnswerView();
    this.commands = element("section", { class: "commands", "aria-label": "The same from a program", hidden: true });
    const takes = job.in_query ? "query" : job.media_types.join(" or ");
    this.element = element("div", {},
      element("div", { class: "job-head" }, element("h2", {}, job.summary),
        element("p", { class: "mono" }, `${job.method} ${job.path} · ${takes}`)),
      element("div", { class: "work" }, this.form.element,
        element("div", { class: "result" }, this.answer.element, this.commands)));
    this.form.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run();
    });
    this.form.cancel.addEventListener("click", () => this.abort?.abort());
  }

  async run() {
    this.abort?.abort();
    const abort = new AbortController();
    this.abort = abort;
    const request = this.form.read();
    this.form.complain(null);
    this.answer.clear("Sent; waiting for the answer …");
    this.form.cancel.hidden = false;
    this.form.send.disabled = true;
    this.showCommands(request);
    try {
      const value = await this.exchange(request, abort.signal);
      if (value !== undefined && this.job.follow) await this.follow(request, value, abort.signal);
    } catch (error) {
      if (abort.signal.aborted) this.answer.fail("Cancelled; the server stops the work.");
      else this.answer.fail(`No answer came: ${error.message}. The connection was refused or broken off.`);
    } finally {
      this.form.cancel.hidden = true;
      this.form.send.disabled = false;
      this.answer.element.scrollIntoView({ block: "nearest" });
    }
  }

  async exchange(request, signal) {
    const began = performance.now();
    const response = await fetch(target(request), { ...options(request), signal });
    const value = await this.answer.show(response, this.job, began);
    if (!response.ok) {
      this.form.complain(value?.error);
      return undefined;
    }
    return value;
  }

  /** Ask how far a job is until it is done, and show what it made. */
  async follow(request, first, signal) {
    const { follow } = this.job;
    const id = at(first, follow.id);
    if (id === undefined) return;
    const sent = Object.fromEntries(request.texts);
    const values = Object.entries(follow.query).map(([name, source]) => [name, source === "id" ? id : sent[source]]);
    const query = new URLSearchParams(values);
    const state = element("p", { class: "status", role: "status" }, "The job waits …");
    this.answer.body.prepend(state);
    for (;;) {
      const response = await fetch(`${follow.status.slice(1)}?${query}`, { headers: authorization(), signal });
      const answer = await response.json();
      const name = at(answer, follow.state);
      state.replaceChildren(`The job ${id} is ${name ?? `answered with ${response.status}`}.`);
      if (!response.ok || follow.failed.includes(name)) return;
      if (follow.done.includes(name)) break;
      await new Promise((resolve) => setTimeout(resolve, POLL));
      signal.throwIfAborted();
    }
    const response = await fetch(`${follow.result.slice(1)}?${query}`, { headers: authorization(), signal });
    if (response.ok) state.after(this.answer.medium(await response.blob()));
    else state.append(` Its result is answered with ${response.status}.`);
  }

  showCommands(request) {
    const program = python(request, this.client);
    const shown = [["curl", curl(request, BASE)], ...(program ? [["Python", program]] : [])];
    this.commands.hidden = false;
    this.commands.replaceChildren(element("h3", {}, "The same from a program"), variables(this.client.environment),
      ...shown.map(([name, text]) => element("figure", {},
        element("div", { class: "bar" }, element("figcaption", {}, name), copyButton(text, name)),
        element("pre", { tabindex: "0", "data-language": name }, text))));
    if (!program) this.commands.append(element("p", { class: "hint" }, "The contract names no method of the client for this."));
    else if (request.fault) {
      this.commands.append(element("p", { class: "hint" }, "The Python is without the fault; plant it by /_reference/faults."));
    }
  }
}

/** Say which variables the commands need. Only a key that is no secret is written out. */
function variables(environment) {
  if (!environment?.base_url) return "";
  const url = BASE.replace(/\/$/, "");
  const value = key && key === shownKey ? key : "…";
  return element("p", { class: "hint" }, "Set first: ",
    element("code", {}, `export ${environment.base_url}=${url} ${environment.api_key}=${value}`));
}

let shownKey = null;

function authorization() {
  return { Authorization: `Bearer ${key}` };
}

function options(request) {
  const { method } = request.job;
  const sent = { method, headers: { ...headers(request), ...authorization() } };
  if (request.body === "json") sent.body = json(request);
  if (request.body === "form") {
    sent.body = new FormData();
    for (const [name, value] of parts(request)) sent.body.append(name, value);
  }
  return sent;
}

/** Show the key of a server whose key everybody knows; ask for any other, which stays in this page's memory. */
function showKey(publicKey, hasControl) {
  const place = document.getElementById("key");
  if (publicKey !== null) {
    key = shownKey = publicKey;
    place.replaceChildren(element("code", {}, publicKey));
    return;
  }
  const input = element("input", { id: "key-input", type: "password", autocomplete: "off", "aria-labelledby": "key-term",
    "aria-describedby": "key-hint" });
  const hint = element("p", { class: "hint", id: "key-hint" },
    hasControl ? "Needed to send, and to see the journal." : "Needed to send.");
  const form = element("form", { class: "bar left", "aria-label": "Key" }, input,
    element("button", { type: "submit" }, "Use this key"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    key = input.value.trim();
    hint.replaceChildren(key ? "Used by this page until it is closed; kept nowhere." : "Needed to send.");
  });
  place.replaceChildren(form, hint);
}

function showJobs(description) {
  const views = new Map();
  const links = new Map();
  for (const job of description.jobs) {
    const link = element("a", { href: `#${job.name}` }, job.name);
    links.set(job.name, link);
    document.getElementById("jobs").append(element("li", {}, link));
  }
  const main = document.getElementById("job");
  const choose = (isChosenByUser) => {
    const wanted = decodeURIComponent(location.hash.slice(1));
    const job = description.jobs.find((it) => it.name === wanted) ?? description.jobs[0];
    if (!job) return;
    if (!views.has(job.name)) views.set(job.name, new JobView(job, description));
    links.forEach((link, name) => (name === job.name
      ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current")));
    main.replaceChildren(views.get(job.name).element);
    if (isChosenByUser) main.focus({ preventScroll: true });
  };
  addEventListener("hashchange", () => {
    if (location.hash !== "#job") choose(true);
  });
  choose(false);
}

async function start() {
  document.getElementById("url").replaceChildren(BASE.replace(/\/$/, ""));
  const response = await fetch("_reference/page/description.json");
  if (!response.ok) throw new Error(`the description of the page is answered with ${response.status}`);
  const description = await response.json();
  document.getElementById("api").replaceChildren(`${description.title} ${description.api_version}`);
  document.getElementById("version").replaceChildren(`eigen_reference ${description.server_version}`);
  showKey(description.key, description.has_control);
  showJobs(description);
  new JournalView(description.has_control, () => key);
}

start().catch((error) => {
  const trouble = document.getElementById("trouble");
  trouble.hidden = false;
  trouble.replaceChildren(`This page could not start: ${error.message}`);
});
