// Makes elements. Texts go in as texts, so nothing that a server or a person wrote is read as HTML.

/** Return an element with attributes, and with children that are elements or texts. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** Return a text in pieces, where what stands between backticks is code. */
export function withCode(text) {
  return text.split("`").map((piece, index) => (index % 2 ? element("code", {}, piece) : piece));
}

/** Return a button that copies a text. */
export function copyButton(text, label) {
  const button = element("button", { type: "button", "aria-label": `Copy ${label}` }, "Copy");
  button.addEventListener("click", async () => {
    // The clipboard is only there for pages of this machine or over TLS.
    if (!navigator.clipboard) return button.replaceChildren("Select and copy");
    await navigator.clipboard.writeText(text).then(
      () => button.replaceChildren("Copied"),
      () => button.replaceChildren("Select and copy"),
    );
    setTimeout(() => button.replaceChildren("Copy"), 1500);
  });
  return button;
}

/** Return a number of bytes for people. */
export function bytes(count) {
  if (count < 1000) return `${count} bytes`;
  return count < 1e6 ? `${(count / 1e3).toFixed(1)} kB` : `${(count / 1e6).toFixed(1)} MB`;
}

/** Return what stands at a JSON pointer (RFC 6901), or undefined. */
export function at(value, pointer) {
  return pointer.split("/").slice(1).reduce(
    (inner, token) => inner?.[token.replaceAll("~1", "/").replaceAll("~0", "~")], value);
}
