"use strict";

// Everything is in the page already: this only hides what a filter leaves out, and unfolds.
for (const form of document.querySelectorAll("form[data-filters]")) {
  const items = [...document.getElementById(form.dataset.filters).querySelectorAll("[data-item]")];
  const texts = items.map((item) => item.textContent.toLowerCase());
  const count = form.querySelector("output");

  const apply = () => {
    const wanted = form.elements.text.value.trim().toLowerCase();
    const menus = [...form.querySelectorAll("select")].filter((menu) => menu.value);
    let shown = 0;
    items.forEach((item, index) => {
      const fits =
        texts[index].includes(wanted) &&
        menus.every((menu) => item.getAttribute(`data-${menu.name.replaceAll("_", "-")}`) === menu.value);
      item.hidden = !fits;
      shown += fits;
    });
    count.value = shown === items.length ? `all ${shown}` : `${shown} of ${items.length}`;
  };

  form.addEventListener("input", apply);
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

for (const button of document.querySelectorAll("button[data-unfold]")) {
  button.addEventListener("click", () => {
    const items = [...document.getElementById(button.dataset.unfold).querySelectorAll("details")];
    const unfold = items.some((item) => !item.open);
    items.forEach((item) => (item.open = unfold));
    button.textContent = unfold ? "Fold all" : "Unfold all";
  });
}

const unfoldNamed = () => {
  const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let node = named; node; node = node.parentElement) {
    if (node instanceof HTMLDetailsElement) node.open = true;
  }
  if (named) named.scrollIntoView();
};
addEventListener("hashchange", unfoldNamed);
unfoldNamed();

const dark = matchMedia("(prefers-color-scheme: dark)");
document.getElementById("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  root.dataset.theme = isDark ? "light" : "dark";
});
