// Makes the form of a job from its fields, and reads what was entered.
import { element, withCode } from "./elements.js";

/** One field: its element, and what was entered. `read` returns undefined for what is left empty. */
class Control {
  constructor(field, path) {
    this.field = field;
    this.id = `field-${path.join("-")}`;
    this.path = path;
    this.inner = field.kind === "object" ? field.fields.map((part) => new Control(part, [...path, part.name])) : [];
    this.input = this.inner.length || field.kind === "object" ? null : this.makeInput();
    this.trouble = element("p", { class: "wrong", id: `${this.id}-wrong`, hidden: true });
    this.element = this.makeElement();
  }

  makeInput() {
    const { field } = this;
    const common = { id: this.id, name: this.path.join("."), "aria-required": field.is_required ? "true" : null };
    common["aria-describedby"] = `${this.id}-hint ${this.id}-wrong`;
    const value = field.value ?? "";
    const placeholder = field.default ?? (field.is_required ? null : field.examples[0]);
    switch (field.kind) {
      case "boolean":
      case "choice": {
        const options = field.kind === "boolean" ? [true, false] : field.examples;
        const nothing = field.default === null ? "not sent" : `not sent (${field.default})`;
        return element("select", common, element("option", { value: "" }, nothing),
          ...options.map((option) => element(
            "option", { value: JSON.stringify(option), selected: option === field.value }, String(option))));
      }
      case "file":
      case "files":
        return element("input", { ...common, type: "file", multiple: field.kind === "files" });
      case "words":
        return element("textarea", { ...common, placeholder }, String(value));
      case "list":
        return element("textarea", { ...common, placeholder: "one on each line" }, [value].flat().join("\n"));
      case "number":
      case "integer":
        return element("input", {
          ...common, inputmode: field.kind === "integer" ? "numeric" : "decimal", autocomplete: "off", value, placeholder,
        });
      default: {
        const list = field.examples.length ? `${this.id}-list` : null;
        return element("input", { ...common, type: "text", autocomplete: "off", value, placeholder, list });
      }
    }
  }

  makeElement() {
    const { field } = this;
    const hint = element("p", { class: "hint", id: `${this.id}-hint` }, ...withCode(this.hint()));
    if (!this.input) {
      return element("fieldset", {}, element("legend", {}, field.name), hint,
        ...this.inner.map((control) => control.element));
    }
    const label = element("label", { for: this.id }, field.name);
    if (field.is_required) label.append(element("span", { class: "needed" }, " (needed)"));
    const list = this.input.getAttribute("list");
    const options = list
      ? [element("datalist", { id: list }, ...field.examples.map((it) => element("option", { value: it })))]
      : [];
    return element("div", { class: "field" }, label, this.input, ...options, hint, this.trouble);
  }

  hint() {
    const { minimum, maximum, examples, kind, description } = this.field;
    const parts = [description];
    if (minimum !== null && maximum !== null) parts.push(`From ${minimum} to ${maximum}.`);
    else if (minimum !== null) parts.push(`At least ${minimum}.`);
    else if (maximum !== null) parts.push(`At most ${maximum}.`);
    const unnamed = examples.filter((example) => !description.includes(example));
    if (kind === "text" && unnamed.length > 1) parts.push(`Such as ${unnamed.join(", ")}.`);
    return parts.filter(Boolean).join(" ");
  }

  get files() {
    return this.input?.type === "file" ? [...this.input.files] : [];
  }

  get isEmpty() {
    return this.input ? (this.input.type === "file" ? !this.files.length : this.input.value === "")
      : this.inner.every((control) => control.isEmpty);
  }

  clear() {
    if (this.input) this.input.value = "";
    this.inner.forEach((control) => control.clear());
  }

  /** Return the value as JSON has it. The server judges it: a wrong one can be sent, to see what it says. */
  read() {
    if (this.isEmpty) return undefined;
    switch (this.field.kind) {
      case "object":
        return Object.fromEntries(this.inner.filter((it) => !it.isEmpty).map((it) => [it.field.name, it.read()]));
      case "boolean":
      case "choice":
        return JSON.parse(this.input.value);
      case "number":
      case "integer": {
        const number = Number(this.input.value);
        return Number.isFinite(number) ? number : this.input.value;
      }
      case "list":
        return this.input.value.split("\n").filter(Boolean);
      default:
        return this.input.value;
    }
  }

  /** Say at the field what an answer found wrong with it. */
  complain(message) {
    this.trouble.hidden = !message;
    this.trouble.replaceChildren(message);
    this.input?.setAttribute("aria-invalid", message ? "true" : "false");
    for (let parent = this.element; message && parent; parent = parent.parentElement) {
      if (parent.tagName === "DETAILS") parent.open = true;
    }
  }
}

/** The form of a job. `element` is to be shown; `read` returns the request that was entered. */
export class JobForm {
  constructor(job, faults) {
    this.job = job;
    this.controls = job.fields.map((field) => new Control(field, [field.name]));
    this.byName = new Map(this.controls.map((control) => [control.field.name, control]));
    this.fault = element("input", { id: "fault", type: "text", autocomplete: "off", list: "faults",
      placeholder: "status=429; retry-after=2", "aria-describedby": "fault-hint" });
    this.send = element("button", { type: "submit", class: "send" }, "Send");
    this.cancel = element("button", { type: "button", hidden: true }, "Cancel");
    this.element = element("form", { "aria-label": job.summary, novalidate: true }, ...this.groups(),
      ...(Object.keys(faults).length ? [this.faultField(faults)] : []),
      element("div", { class: "bar left" }, this.send, this.cancel));
    for (const group of job.exclusive) this.exclude(group);
  }

  groups() {
    const first = this.controls.filter((it) => it.field.is_required || this.job.one_of.includes(it.field.name));
    const needed = first.filter((it) => it.field.is_required).map((it) => it.element);
    const choices = first.filter((it) => !it.field.is_required).map((it) => it.element);
    const rest = this.controls.filter((it) => !first.includes(it));
    const filled = rest.some((it) => !it.isEmpty);
    const groups = [...needed];
    if (choices.length) {
      groups.push(element("fieldset", {}, element("legend", {}, "At least one of these"), ...choices));
    }
    if (rest.length) {
      groups.push(element("details", { class: "more", open: filled && rest.length < 6 },
        element("summary", {}, `${rest.length} more ${rest.length > 1 ? "fields" : "field"}`),
        element("div", {}, ...rest.map((it) => it.element))));
    }
    return groups;
  }

  faultField(faults) {
    return element("details", { class: "more" }, element("summary", {}, "Let this request fail"),
      element("div", {}, element("div", { class: "field" },
        element("label", { for: "fault" }, "X-Eigen-Fault"), this.fault,
        element("datalist", { id: "faults" },
          ...Object.entries(faults).map(([word, meaning]) => element("option", { value: word }, meaning))),
        element("p", { class: "hint", id: "fault-hint" },
          "What is to go wrong, words with semicolons between them: a status, a delay, a reset, a cut-off answer."))));
  }

  /** Empty the other fields of a group when one is filled in. */
  exclude(names) {
    const group = names.map((name) => this.byName.get(name)).filter(Boolean);
    for (const control of group) {
      control.element.addEventListener("input", () => {
        if (!control.isEmpty) group.filter((other) => other !== control).forEach((other) => other.clear());
      });
    }
  }

  read() {
    const { job } = this;
    const filled = this.controls.filter((control) => !control.isEmpty);
    const files = filled.flatMap((it) => it.files.map((file) => [it.field.name, file]));
    const texts = filled.filter((it) => !it.files.length).map((it) => [it.field.name, it.read()]);
    const takesJson = job.media_types.includes("application/json");
    let body = null;
    if (!job.in_query) body = files.length || !takesJson ? "form" : "json";
    const lists = new Set(this.controls.filter((it) => it.field.kind === "files").map((it) => it.field.name));
    return { job, body, texts, files, lists, fault: this.fault.value.trim() };
  }

  complain(error) {
    for (const control of this.controls) control.complain("");
    if (error?.field) this.byName.get(error.field)?.complain(error.message ?? "");
  }
}
