/**
 * Editing: one field a block, saved by itself. What the server answers (evidence, findings, figures) is shown at once.
 * Text reaches the page only as text nodes.
 */

const PAUSE = 1000; // ms without a letter until the text is saved
const AGAIN = 3000; // ms until the next try when the server did not take it
const LATER = new Set([401, 500, 502, 503]); // not the text's fault: the desk is gone, or the disk is full

export class Editor {
  #says;
  #draft = document.getElementById("draft");
  #saved = new Map(); // block -> its text as the server has it
  #before = new Map(); // block -> its text when it was last closed; opening is told late, after the first letters
  #changes = []; // closed edits of this visit, for undo: {block, text before}
  #line = Promise.resolve(); // saves go one after another: each names the draft that the last one made
  #waiting = new Set(); // blocks with text that is not saved
  #timer = 0;

  /** `says` has the words of the page. */
  constructor(says) {
    this.#says = says;
    for (const block of this.#draft.querySelectorAll(".block")) this.#settle(block, field(block).value);
    this.#draft.addEventListener("toggle", (event) => this.#toggled(event.target), true);
    this.#draft.addEventListener("input", (event) => this.#typed(event.target));
    addEventListener("beforeunload", (event) => this.pending && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
  }

  /** Whether some text is not saved yet. */
  get pending() {
    return this.#waiting.size > 0;
  }

  /** Open the block of a statement with this stretch of the statement selected. */
  open(said, start = 0, length = 0) {
    const block = said.closest(".block");
    const input = field(block);
    block.querySelector("details.edit").open = true;
    block.classList.add("editing");
    input.focus();
    const begin = Math.max(input.value.indexOf(words(said)), 0) + start;
    input.setSelectionRange(begin, begin + length);
    block.scrollIntoView({ block: "nearest" });
  }

  /** Save and close every open block; those that were open. */
  close() {
    const open = [...this.#draft.querySelectorAll(".block.editing")];
    for (const block of open) {
      block.querySelector("details.edit").open = false;
      block.classList.remove("editing"); // at once: what is hidden cannot take the focus
    }
    return open;
  }

  /** Save all that is not saved; false if the server refused some of it. */
  async flush() {
    clearTimeout(this.#timer);
    for (const block of this.#waiting) this.#save(block);
    await this.#line;
    return !this.pending;
  }

  /** Take back the last change: of this visit, or else of the history. */
  async undo() {
    await this.flush();
    const last = this.#changes.pop();
    if (last) {
      field(last.block).value = last.text;
      this.#before.set(last.block, last.text);
      this.#waiting.add(last.block);
      return this.flush();
    }
    const acts = [...document.querySelectorAll("#history li:not([data-decision=aside])")];
    const edited = acts.pop()?.dataset.decision === "edit";
    const form = acts.findLast((act) => act.querySelector("form"))?.querySelector("form");
    if (edited && form) form.requestSubmit(form.querySelector("button"));
    else this.say("nothingToUndo");
  }

  /** Show a state in words; `more` is added as it is. */
  say(name, more = "") {
    const state = document.getElementById("state");
    state.dataset.state = name;
    state.firstElementChild.textContent = [this.#says[name], more].filter(Boolean).join(" ");
  }

  #toggled(details) {
    const block = details.matches(".edit") && details.closest(".block");
    if (!block) return;
    block.classList.toggle("editing", details.open);
    if (details.open) return grow(field(block));
    const [before, now] = [this.#before.get(block), field(block).value];
    if (before !== now) this.#changes.push({ block, text: before });
    this.#before.set(block, now);
    this.flush();
  }

  /** The block's text as the server has it, which nobody is changing. */
  #settle(block, text) {
    this.#saved.set(block, text);
    this.#before.set(block, text);
  }

  #typed(input) {
    const block = input.closest(".block");
    if (!block || input !== field(block)) return;
    grow(input);
    this.#waiting.add(block);
    this.say("saving");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), PAUSE);
  }

  #save(block) {
    this.#line = this.#line.then(() => this.#send(block));
  }

  async #send(block) {
    const text = field(block).value;
    if (text === this.#saved.get(block)) this.#waiting.delete(block);
    if (!this.#waiting.has(block) || block.querySelector(".conflict")) return;
    const { sent, response } = await this.#post(block);
    const answer = await response.json().catch(() => ({ error: response.statusText }));
    if (response.status === 409) return this.#conflict(block, answer);
    if (!response.ok) return this.say("refused", answer.error);
    this.#saved.set(block, sent);
    if (field(block).value === sent) this.#waiting.delete(block);
    this.#take(block, answer);
  }

  /** The answer to the block's text as it stands, however long it takes. */
  async #post(block) {
    const address = block.querySelector(".write").getAttribute("action");
    const headers = { Accept: "application/json" };
    for (;;) {
      this.say("saving");
      const sent = field(block).value;
      const seen = this.#draft.dataset.draft;
      const body = new URLSearchParams({ seen, place: block.dataset.place, action: "write", text: sent });
      const response = await fetch(address, { method: "POST", headers, body }).catch(() => null);
      if (response && !LATER.has(response.status)) return { sent, response };
      this.say("unsaved");
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }

  /** Show what the server made of the text. */
  #take(block, answer) {
    this.#seen(answer.draft);
    for (const name of ["findings", "evidence", "coverage"]) document.getElementById(name).textContent = answer[name];
    for (const standing of document.querySelectorAll("#state .standing")) {
      standing.dataset.standing = answer.standing;
      standing.textContent = answer.stands;
    }
    show(block, answer.block, this.#says);
    if (!block.classList.contains("editing") && !this.#waiting.has(block)) {
      field(block).value = answer.block.text;
      this.#settle(block, answer.block.text);
    }
    this.say("saved");
  }

  #seen(digest) {
    this.#draft.dataset.draft = digest;
    for (const input of this.#draft.querySelectorAll("input[name=seen]")) input.value = digest;
  }

  /** Both texts, and the choice between them; then the page as the draft now is. */
  #conflict(block, answer) {
    this.say("conflict");
    const panel = made("div", { className: "conflict", role: "alert" });
    const choice = (name, act) => {
      const button = made("button", { type: "button", textContent: this.#says[name] });
      button.addEventListener("click", act);
      return button;
    };
    const settled = async (text) => {
      panel.remove();
      this.#seen(answer.draft);
      this.#saved.set(block, answer.current);
      field(block).value = text;
      this.#waiting.add(block);
      if (await this.flush()) location.reload();
    };
    panel.append(
      made("strong", { textContent: this.#says.conflict }),
      made("p", { dir: "auto", lang: "ar", textContent: answer.current }),
      choice("saveYours", () => settled(field(block).value)),
      choice("takeCurrent", () => settled(answer.current)),
    );
    block.querySelector(".write").append(panel);
  }
}

/** The field of a block's text. */
export function field(block) {
  return block.querySelector(".write [name=text]");
}

/** The words of a statement, without its evidence. */
export function words(said) {
  const own = [...said.childNodes].filter((node) => !node.matches?.("a, small"));
  return own.map((node) => node.textContent).join("").trim();
}

function made(name, values, ...inside) {
  const node = Object.assign(document.createElement(name), values);
  node.append(...inside);
  return node;
}

/** As many rows as the text needs, where the style sheet cannot do it. */
function grow(input) {
  if (input.rows === undefined || CSS.supports("field-sizing", "content")) return;
  input.rows = 1;
  input.rows = Math.ceil(input.scrollHeight / Number.parseFloat(getComputedStyle(input).lineHeight));
}

// --- a block as `draft.html` writes it ---

function show(block, piece, says) {
  const shown = block.querySelector(":scope > :is(h1, h2, p)");
  const lines = piece.lines.flatMap((line, at) => [statement(line, at + 1, says), " "]);
  shown.replaceChildren(...(lines.length ? lines : directed(piece.parts)));
  for (const list of block.querySelectorAll(":scope > .why")) list.remove();
  const lists = piece.lines.map((line) => why(line.findings, line));
  shown.after(...[...lists, why(piece.findings)].filter(Boolean));
  if (piece.shape === "paragraph") relink(piece, says);
}

function statement(line, number, says) {
  const said = made("span", { className: "said", id: line.id }, ...directed(line.text));
  Object.assign(said.dataset, { n: number, cites: line.cites.map((cite) => cite.number).join(" "), basis: line.basis });
  if (line.findings.length) {
    said.dataset.flawed = "";
    said.setAttribute("aria-describedby", `${line.id}-why`);
  }
  if (line.wrong) said.dataset.wrong = line.wrong;
  for (const cite of line.cites.slice(0, 3)) said.append(" ", evidence(cite));
  const basis = line.basis === "metadata" ? says.fromMetadata : line.cites.length ? "" : says.noEvidence;
  if (basis) said.append(" ", made("small", { className: "basis", textContent: basis }));
  return said;
}

function evidence(cite) {
  const link = made("a", { className: "cite", href: `#s${cite.number}` });
  link.append(made("bdi", { dir: "ltr", textContent: cite.label }));
  link.dataset.sentence = cite.number;
  if (cite.start !== null) link.dataset.start = cite.start;
  return link;
}

function why(findings, line = null) {
  if (!findings.length) return null;
  const { lang, dir } = document.documentElement;
  const list = made("ul", { className: "why", lang, dir });
  if (line) list.id = `${line.id}-why`;
  for (const finding of findings) {
    const item = made("li", {}, ...directed(finding));
    if (line) item.prepend(made("a", { href: `#${line.id}`, textContent: beginning(line) }), " ");
    list.append(item);
  }
  return list;
}

/** The first words of a statement, to name it by. */
function beginning(line) {
  const text = line.text.map((part) => part.text).join("");
  return `${text.split(/\s+/).slice(0, 3).join(" ")}…`;
}

function directed(parts) {
  return parts.map((part) => (part.foreign ? made("bdi", { dir: "ltr", textContent: part.text }) : part.text));
}

/** The transcript's links to the statements of a block, as the block now is. */
function relink(piece, says) {
  const own = new RegExp(`^#${piece.id}-\\d+$`);
  const links = [...document.querySelectorAll("a.use")].filter((link) => own.test(link.hash));
  const touched = new Set(links.map((link) => link.closest(".spoken")));
  for (const link of links) link.remove();
  for (const line of piece.lines) {
    for (const cite of line.cites) {
      const row = document.getElementById(`s${cite.number}`);
      const uses = row.querySelector(".uses") ?? made("span", { className: "uses" }, `${says.usedBy}:`);
      uses.append(" ", made("a", { className: "use", href: `#${line.id}`, textContent: piece.label }));
      row.append(uses);
      touched.add(row);
    }
  }
  for (const row of touched) {
    const used = row.querySelector("a.use") !== null;
    row.classList.toggle("unused", !used);
    if (!used) row.querySelector(".uses").remove();
  }
}
