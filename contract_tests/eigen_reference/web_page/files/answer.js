// Shows an answer: pictures, sound, video, text, JSON, events, and what went wrong.
import { at, bytes, element } from "./elements.js";

const MOST_TEXT = 100_000; // characters that are shown; more would hold up the browser
const LONG = 160; // characters of a string in JSON that are shown
const ENDINGS = { "image/jpeg": "jpg", "audio/mpeg": "mp3", "audio/wav": "wav", "audio/ogg": "ogg", "text/plain": "txt" };
const BEGINNINGS = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47]], ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["video/mp4", [, , , , 0x66, 0x74, 0x79, 0x70]], ["image/webp", [0x52, 0x49, 0x46, 0x46, , , , , 0x57, 0x45]],
  ["audio/wav", [0x52, 0x49, 0x46, 0x46, , , , , 0x57, 0x41]],
];

/** The place where the answer of one job is shown. */
export class AnswerView {
  constructor() {
    this.status = element("p", { class: "status", role: "status" });
    this.body = element("div", { class: "answer" }, element("p", { class: "empty" }, "Nothing was sent yet."));
    this.element = element("section", { class: "answer", "aria-label": "Answer" },
      element("h3", {}, "Answer"), this.status, this.body);
    this.urls = [];
  }

  clear(text) {
    this.urls.forEach((url) => URL.revokeObjectURL(url));
    this.urls = [];
    this.say(text, "");
    this.body.replaceChildren();
  }

  say(text, kind) {
    this.status.className = `status ${kind}`;
    this.status.replaceChildren(text);
  }

  /** Show what went wrong without an answer. */
  fail(text) {
    this.say(text, "bad");
  }

  /** Show an answer as it comes; returns its JSON, or undefined. */
  async show(response, job, began) {
    const type = (response.headers.get("content-type") ?? "").split(";")[0].trim().toLowerCase();
    const events = type === "text/event-stream" ? new EventsView(job.stream) : null;
    if (events) this.body.append(events.element);
    let received = [];
    let count = 0;
    let broken = "";
    try {
      for await (const chunk of chunksOf(response)) {
        received.push(chunk);
        count += chunk.length;
        events?.take(chunk);
      }
    } catch (error) {
      if (error.name === "AbortError") throw error;
      broken = `, and then the answer broke off`;
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(2);
    const facts = [`${response.status} ${response.statusText}`.trim(), type || "no media type", bytes(count), `${seconds} s`];
    this.say(facts.join(" · ") + broken, response.ok && !broken ? "good" : "bad");
    const shown = this.showBody(new Blob(received), type, job, events);
    this.body.append(headersOf(response));
    return shown;
  }

  async showBody(blob, type, job, events) {
    const place = this.body.lastElementChild;
    const put = (...nodes) => (place ? place.before(...nodes) : this.body.prepend(...nodes));
    if (events) {
      const sound = events.sound();
      if (sound) this.body.prepend(this.medium(sound));
      return undefined;
    }
    if (!blob.size) return void put(element("p", { class: "empty" }, "The body is empty."));
    if (type === "audio/pcm") return void put(this.medium(wav([new Uint8Array(await blob.arrayBuffer())], 24000, 1)));
    if (/^(image|audio|video)\//.test(type)) return void put(this.medium(new Blob([blob], { type })));
    const text = await blob.text();
    if (!/json$/.test(type)) return void put(element("pre", { tabindex: "0" }, cut(text, MOST_TEXT)));
    let value;
    try {
      value = JSON.parse(text);
    } catch {
      return void put(element("p", { class: "status bad" }, "This is no JSON:"),
        element("pre", { tabindex: "0" }, cut(text, MOST_TEXT)));
    }
    const media = job.base64.map((pointer) => at(value, pointer)).filter((found) => typeof found === "string");
    put(...media.map((found) => this.fromBase64(found)), element("pre", { tabindex: "0" }, pretty(value)));
    return value;
  }

  fromBase64(text) {
    let content;
    try {
      content = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    } catch {
      return element("p", { class: "status bad" }, "The picture is no base64.");
    }
    const type = BEGINNINGS.find(([, magic]) => magic.every((byte, index) => content[index] === byte))?.[0];
    return this.medium(new Blob([content], { type: type ?? "application/octet-stream" }));
  }

  /** Return a picture, a sound or a video that came, with a link to keep it. */
  medium(blob) {
    const url = URL.createObjectURL(blob);
    this.urls.push(url);
    const kind = blob.type.split("/")[0];
    const ending = ENDINGS[blob.type] ?? blob.type.split("/")[1];
    const shown = {
      image: () => element("img", { src: url, alt: "The picture that the server sent" }),
      audio: () => element("audio", { src: url, controls: true, "aria-label": "The sound that the server sent" }),
      video: () => element("video", { src: url, controls: true, loop: true, "aria-label": "The video that the server sent" }),
    }[kind]?.() ?? element("p", {}, "This cannot be shown.");
    const caption = element("figcaption", {}, `${blob.type}, ${bytes(blob.size)}`,
      element("a", { href: url, download: `answer.${ending}` }, "Save"));
    shown.addEventListener("error", () => caption.append("The browser cannot decode it."));
    shown.addEventListener("load", () => caption.prepend(`${shown.naturalWidth} × ${shown.naturalHeight}, `));
    return element("figure", {}, shown, caption);
  }
}

/** The events of a stream, as they come. Where the sound is in them, `x-sdk` of the contract says. */
class EventsView {
  constructor(described) {
    this.described = described;
    this.decoder = new TextDecoder();
    this.rest = "";
    this.samples = [];
    this.rate = 24000;
    this.channels = 1;
    this.list = element("ol", { class: "mono" });
    this.element = element("details", { open: true }, element("summary", {}, "Events"), this.list);
  }

  take(chunk) {
    const blocks = (this.rest + this.decoder.decode(chunk, { stream: true })).split(/\r?\n\r?\n/);
    this.rest = blocks.pop();
    for (const block of blocks) this.event(block);
  }

  event(block) {
    const data = block.split(/\r?\n/).filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trim());
    let value;
    try {
      value = JSON.parse(data.join("\n"));
    } catch {
      return this.add(cut(block, LONG));
    }
    const first = (pointers) => (pointers ?? []).map((pointer) => at(value, pointer)).find((it) => it !== undefined);
    const { type, chunk, format } = this.described;
    const named = first([type].flat());
    if (format?.types?.includes(named)) {
      this.rate = first(format.sample_rate) ?? this.rate;
      this.channels = first(format.channels) ?? this.channels;
    }
    if (chunk?.types?.includes(named)) {
      const text = chunk.pointers.map((pointer) => at(value, pointer)).find((it) => typeof it === "string") ?? "";
      this.samples.push(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
    }
    this.add(JSON.stringify(value, shortened));
  }

  add(text) {
    this.list.append(element("li", {}, text));
  }

  sound() {
    return this.samples.length ? wav(this.samples, this.rate, this.channels) : null;
  }
}

async function* chunksOf(response) {
  const reader = response.body?.getReader();
  if (!reader) return;
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
}

function headersOf(response) {
  const lines = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  return element("details", {}, element("summary", {}, "Headers"), element("pre", { tabindex: "0" }, lines.join("\n")));
}

/** Return 16 bit samples as a RIFF file, because no browser plays bare samples. */
function wav(pieces, rate, channels) {
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const head = new DataView(new ArrayBuffer(44));
  const word = (place, text) => [...text].forEach((letter, index) => head.setUint8(place + index, letter.charCodeAt(0)));
  word(0, "RIFF");
  head.setUint32(4, 36 + size, true);
  word(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, channels, true);
  head.setUint32(24, rate, true);
  head.setUint32(28, rate * channels * 2, true);
  head.setUint16(32, channels * 2, true);
  head.setUint16(34, 16, true);
  word(36, "data");
  head.setUint32(40, size, true);
  return new Blob([head, ...pieces], { type: "audio/wav" });
}

function pretty(value) {
  return cut(JSON.stringify(value, shortened, 2), MOST_TEXT);
}

function shortened(_, value) {
  return typeof value === "string" ? cut(value, LONG) : value;
}

function cut(text, most) {
  return text.length > most ? `${text.slice(0, most)}… (${text.length} characters)` : text;
}
