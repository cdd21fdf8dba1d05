/**
 * What is typed and not sent yet stays in this tab: it survives links, a reload, and the end of the desk. After that it
 * is offered back, never put in by itself. A text leaves the tab when the server has it, or when somebody discards it.
 */

const OLDEST = 30 * 24 * 60 * 60 * 1000; // ms; what nobody asked for in a month is forgotten
const BROUGHT = "#kept="; // begins the fragment that brings texts from another port
const KEPT = "form[method=post] :is(textarea, input:not([type=hidden], [type=checkbox], [name=statement]))";

export class Kept {
  #draft = document.getElementById("draft");
  #panel = document.getElementById("kept");
  #moved = document.getElementById("moved");
  #says;
  #name;
  #texts = new Map(); // name of a field -> what is typed in it and not sent
  #offered = []; // what was typed before this page was opened

  constructor(says) {
    this.#says = says;
    this.#name = `tadwin.kept.${this.#draft.dataset.video}`;
    const found = [...parsed(sessionStorage.getItem(this.#name)), ...brought()];
    this.#offered = found.filter((each) => Date.now() - each.time < OLDEST && !isSaved(each));
    document.addEventListener("input", ({ target }) => this.#typed(target));
    this.#panel.addEventListener("click", ({ target }) => target.closest("button") && this.#answered(target));
    this.#moved.addEventListener("click", () => this.lead(true)); // with what was typed since
    this.#show();
    this.#store();
  }

  /** After a failure lead to the port where the desk of this library listens by now, if that is another one. */
  lead(failed) {
    const address = failed && this.#elsewhere();
    this.#moved.hidden = !address;
    if (address) this.#moved.href = address;
  }

  /** This draft at that port, with all that was typed here; empty where the desk did not move. */
  #elsewhere() {
    const port = new RegExp(`(?:^|; )${document.body.dataset.beacon}=([0-9]+)`).exec(document.cookie)?.[1];
    if (!port || port === location.port) return "";
    const texts = encodeURIComponent(sessionStorage.getItem(this.#name) ?? "[]");
    return Object.assign(new URL(location.pathname, location.href), { port, hash: BROUGHT + texts }).href;
  }

  /** Forget a field's text if the server has it. */
  saved(input, value) {
    if (this.#texts.get(named(input))?.value === value) this.#forget(input);
  }

  /** Forget the texts of a form that was sent. */
  sent(form) {
    for (const input of form.querySelectorAll("textarea, input")) this.#forget(input);
  }

  /** The typed fields of this page, for `refill` after its parts were replaced: [{text, open}]. */
  get typed() {
    return [...this.#texts.values()].filter((text) => !text.field.startsWith("write"));
  }

  /** Put texts of this page back into its new parts; one whose place is gone is offered. */
  refill(texts) {
    for (const name of [...this.#texts.keys()]) if (!/ write/.test(name)) this.#texts.delete(name);
    for (const text of texts) {
      const input = place(text);
      if (input) this.#texts.set(named(input), { ...text, place: home(input) });
      if (input) put(input, text.value);
      else this.#offered.push(text);
    }
    this.#show();
    this.#store();
  }

  #typed(input) {
    if (!input.matches(KEPT) || !this.#draft.contains(input)) return;
    const text = described(input);
    if (text.value === text.was) return this.#forget(input);
    this.#texts.set(named(input), { ...text, draft: this.#draft.dataset.draft, time: Date.now() });
    this.#store();
  }

  #forget(input) {
    if (this.#texts.delete(named(input))) this.#store();
  }

  #store() {
    const all = [...this.#offered, ...this.#texts.values()];
    if (all.length) sessionStorage.setItem(this.#name, JSON.stringify(all));
    else sessionStorage.removeItem(this.#name);
  }

  #show() {
    const list = this.#panel.querySelector("ul");
    const pattern = this.#panel.querySelector("template").content;
    list.replaceChildren(
      ...this.#offered.map((text) => {
        const item = pattern.cloneNode(true);
        item.querySelector(".field").textContent = text.label;
        item.querySelector("time").textContent = clock(text.time);
        item.querySelector(".older").hidden = text.draft === this.#draft.dataset.draft;
        item.querySelector(".text").textContent = text.value;
        return item;
      }),
    );
    this.#panel.hidden = this.#offered.length === 0;
    document.getElementById("to-kept").hidden = this.#panel.hidden; // in sight wherever the page is scrolled to
  }

  async #answered(button) {
    const at = [...this.#panel.querySelectorAll(".typed")].indexOf(button.closest(".typed"));
    const text = this.#offered[at];
    if (button.name === "copy") {
      await navigator.clipboard.writeText(text.value).catch(() => null);
      button.textContent = this.#says.copied;
      return;
    }
    const input = button.name === "back" ? place(text) : null;
    if (button.name === "back" && !input) {
      button.textContent = this.#says.noPlace;
      button.disabled = true;
      return;
    }
    this.#offered.splice(at, 1);
    this.#show();
    this.#store();
    if (!input) return;
    put(input, text.value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
    input.scrollIntoView({ block: "nearest" });
  }
}

/** The texts that a tab of the same desk at another port handed over in the address, which then forgets them. */
function brought() {
  if (!location.hash.startsWith(BROUGHT)) return [];
  const texts = decodeURIComponent(location.hash.slice(BROUGHT.length));
  history.replaceState(null, "", location.pathname + location.search);
  return parsed(texts);
}

/** The text of a block as the server has it; empty outside of blocks. */
function ground(block) {
  return block?.querySelector(".write [name=text]").defaultValue ?? "";
}

/** Whether a block already has the text: the desk ended before it could say so. */
function isSaved(text) {
  const input = document.querySelector(`.block[data-place="${CSS.escape(text.place)}"] .write [name=text]`);
  return text.field === "write text" && input?.defaultValue.trim() === text.value.trim();
}

/** Which field of which form: `write text`, `add text section`, `decide reason`. */
function kind(input) {
  const { form } = input;
  const action = form.querySelector("button[name=action], input[name=action]")?.value ?? "";
  return [form.className, input.name, form.matches(".add") ? action : ""].join(" ").trim();
}

const home = (input) => input.closest(".block")?.dataset.place ?? input.form.elements.place?.value ?? "";

const named = (input) => `${home(input)} ${kind(input)}`;

function described(input) {
  const label = [input.closest(".block")?.querySelector(".where")?.textContent, input.labels[0]?.firstChild.data];
  return {
    place: home(input),
    field: kind(input),
    ground: ground(input.closest(".block")),
    was: input.defaultValue,
    value: input.value,
    label: label.filter(Boolean).map((each) => each.trim()).join(" · "),
  };
}

/** The field that a text was typed in: at its block, wherever that is now; null if there is none any more. */
function place(text) {
  const fields = [...document.querySelectorAll(KEPT)].filter((input) => kind(input) === text.field);
  const same = (input) => ground(input.closest(".block")) === text.ground;
  const here = fields.find((input) => home(input) === text.place);
  const near = text.field !== "write text" || alike(here?.defaultValue ?? "", text.value);
  return (
    fields.find((input) => home(input) === text.place && same(input)) ??
    fields.find((input) => text.ground && same(input)) ??
    (near && here ? here : null)
  );
}

/** Whether two texts have half of their words in common: then one was typed over the other. */
function alike(one, other) {
  const [few, many] = [one, other].map((text) => new Set(text.split(/\s+/))).sort((a, b) => a.size - b.size);
  return [...few].filter((word) => many.has(word)).length * 2 >= few.size;
}

function put(input, value) {
  for (let outer = input.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
  input.value = value;
}

function clock(time) {
  const then = new Date(time);
  const two = (number) => String(number).padStart(2, "0");
  const hour = `${two(then.getHours())}:${two(then.getMinutes())}`;
  const day = `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
  return then.toDateString() === new Date().toDateString() ? hour : `${day} ${hour}`;
}

function parsed(stored) {
  try {
    const texts = JSON.parse(stored ?? "[]");
    return Array.isArray(texts) ? texts.filter((each) => typeof each?.value === "string") : [];
  } catch {
    return []; // not written by this page
  }
}
