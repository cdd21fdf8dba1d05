/** Elements made of text nodes only. */

export function made(name, values, ...inside) {
  const node = Object.assign(document.createElement(name), values);
  node.append(...inside);
  return node;
}

/** A line in stretches of one direction. */
export function directed(parts) {
  return parts.map((part) => (part.foreign ? made("bdi", { dir: "ltr", textContent: part.text }) : part.text));
}

/** A form that is posted as the page's own forms are; `fields` are hidden, but for the button's own. */
export function posted(kind, action, fields, button, ...label) {
  const { draft } = document.getElementById("draft").dataset;
  const hidden = Object.entries({ seen: draft, ...fields }).map(([name, value]) =>
    made("input", { type: "hidden", name, value }),
  );
  const values = { className: kind, method: "post", action, autocomplete: "off" };
  return made("form", values, ...hidden, made("button", button, ...label));
}
