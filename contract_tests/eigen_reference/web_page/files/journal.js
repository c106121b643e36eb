// Shows the journal of the server, and keeps it up to date while the page is looked at.
import { element } from "./elements.js";

const EVERY = 1000; // milliseconds between two looks
const MOST = 100; // entries that are shown

export class JournalView {
  constructor(isKept, key) {
    this.key = key;
    this.entries = new Map();
    this.note = document.getElementById("journal-note");
    this.list = document.getElementById("journal-entries");
    this.clearButton = document.getElementById("journal-clear");
    this.seen = 0;
    if (!isKept) {
      this.say("This server keeps no journal. Started with ", element("code", {}, "--allow-faults"),
        ", it shows each request here, and lets requests fail on demand.");
      return;
    }
    this.clearButton.hidden = false;
    this.clearButton.addEventListener("click", () => this.forget());
    this.say("Nothing was sent yet.");
    setInterval(() => this.look(), EVERY);
    document.addEventListener("visibilitychange", () => this.look());
    this.look();
  }

  say(...words) {
    this.note.replaceChildren(...words);
  }

  async look() {
    if (document.hidden || this.isLooking) return;
    if (!this.key()) return this.say("Enter the key above to see the journal.");
    this.isLooking = true;
    try {
      const answer = await this.ask("GET", `?after=${this.seen}`);
      if (answer) this.take(answer);
    } finally {
      this.isLooking = false;
    }
  }

  async forget() {
    if (await this.ask("DELETE", "")) this.begin();
  }

  async ask(method, query) {
    try {
      const headers = { Authorization: `Bearer ${this.key()}` };
      const response = await fetch(`_reference/requests${query}`, { method, headers });
      if (this.isLost) return this.begin(); // another server may have taken its place, whose numbers begin again
      if (response.ok) return await response.json();
      this.say(response.status === 401 ? "The server does not take this key." : `The journal answers ${response.status}.`);
    } catch {
      this.isLost = true;
      this.say("The server does not answer. This page tries again.");
    }
    return null;
  }

  /** Forget what is shown, and ask for all the next time. */
  begin() {
    this.isLost = false;
    this.seen = 0;
    this.entries.forEach((shown) => shown.remove());
    this.entries.clear();
    this.say("Nothing was sent yet.");
    return null;
  }

  take(entries) {
    for (const entry of entries) {
      const shown = this.show(entry);
      const before = this.entries.get(entry.number);
      if (before) {
        shown.firstChild.open = before.firstChild.open;
        before.replaceWith(shown);
      } else this.list.prepend(shown);
      this.entries.set(entry.number, shown);
    }
    while (this.entries.size > MOST) {
      const [oldest] = this.entries.keys();
      this.entries.get(oldest).remove();
      this.entries.delete(oldest);
    }
    // What is not answered yet is asked for again, as long as it is shown: some never are, such as a reset.
    const latest = Math.max(this.seen, ...entries.map((entry) => entry.number));
    const open = entries.filter((entry) => entry.status === null).map((entry) => entry.number);
    this.seen = Math.max(latest - MOST, Math.min(latest, ...open.map((number) => number - 1)));
    if (this.entries.size) this.say("Newest first. It holds everything but the key.");
  }

  show(entry) {
    const kind = entry.status === null ? "" : entry.status < 400 ? "good" : "bad";
    const word = (text, name = "") => element("span", { class: name }, text);
    const words = [
      word(`#${entry.number}`, "quiet"), word(new Date(entry.time).toLocaleTimeString(), "quiet"),
      word(String(entry.status ?? "…"), `status ${kind}`), word(`${entry.method} ${entry.path}`, "mono"),
    ];
    if (entry.job) words.push(word(`${entry.job}, ${entry.model}`));
    if (entry.fault) words.push(word(`fault: ${entry.fault}`, "quiet"));
    const { query, fields, files } = entry;
    const details = element("details", {}, element("summary", {}, ...words),
      element("pre", { tabindex: "0" }, JSON.stringify({ query, fields, files }, null, 2)));
    return element("li", {}, details);
  }
}
