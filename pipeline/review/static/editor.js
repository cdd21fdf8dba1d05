/**
 * Editing: one field a block, saved by itself. What the server answers, evidence, findings, figures, is shown at once.
 * Text reaches the page only as text nodes.
 */

import { listen, offers, why } from "./findings.js";
import { fetched, take } from "./fresh.js";
import { directed, made } from "./nodes.js";

const PAUSE = 1000; // ms without a letter until the text is saved
const AGAIN = 3000; // ms until the next try when the server did not take it
const LATER = new Set([401, 500, 502, 503]); // not the text's fault: the desk is gone, or the disk is full
const BLANK_LINES = /(?:\n[^\S\n]*){2,}/; // as `review/paragraphs.py` divides a text

export class Editor {
  #says;
  #kept;
  #shown;
  #draft = document.getElementById("draft");
  #saved = new Map(); // block -> its text as the server has it
  #line = Promise.resolve(); // saves go one after another: each names the draft that the last one made
  #waiting = new Set(); // blocks with text that is not saved
  #timer = 0;

  /** `says` has the words of the page, `kept` what is typed; `shown()` is called when its parts are replaced. */
  constructor(says, kept, shown) {
    this.#says = says;
    this.#kept = kept;
    this.#shown = shown;
    this.#begin();
    this.#draft.addEventListener("toggle", (event) => this.#toggled(event.target), true);
    this.#draft.addEventListener("input", (event) => this.#typed(event.target));
    document.getElementById("moved").addEventListener("click", () => this.#waiting.clear()); // it goes along
    listen((answer) => this.#judged(answer));
    addEventListener("beforeunload", (event) => this.pending && event.preventDefault());
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
  }

  /** Whether some text is not saved yet. */
  get pending() {
    return this.#waiting.size > 0;
  }

  /** Open the block of a statement with this stretch of the statement selected. */
  open(said, start = 0, length = 0) {
    const input = this.openBlock(said.closest(".block"));
    const begin = Math.max(input.value.indexOf(words(said)), 0) + start;
    input.setSelectionRange(begin, begin + length);
  }

  /** Open a block, with the cursor in its field; the field. */
  openBlock(block) {
    const input = field(block);
    block.querySelector("details.edit").open = true;
    block.classList.add("editing");
    input.focus();
    block.scrollIntoView({ block: "nearest" });
    return input;
  }

  /** Divide the paragraph of this field where its cursor stands. */
  split(input) {
    input.setRangeText("\n\n", input.selectionStart, input.selectionEnd, "end");
    input.dispatchEvent(new Event("input", { bubbles: true }));
    this.flush();
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

  /** Show a state in words; `more` is added as it is. */
  say(name, more = "") {
    this.#tell(name, [this.#says[name], more].filter(Boolean).join(" "));
  }

  /** Why something could not be sent, by the status of the answer (0: there was none) and its own words. */
  sayWhy(status, words = "") {
    const known = { 0: this.#says.away, 401: this.#says.restarted, 413: this.#says.tooLarge };
    const state = status === 409 ? "conflict" : LATER.has(status) || !status ? "unsaved" : "refused";
    this.#tell(state, known[status] ?? words);
  }

  /** Show another state of this page; what is typed in its fields stays. */
  swap(page, except = null) {
    const fields = this.#kept.typed;
    const typed = [...this.#waiting].filter((block) => block !== except);
    const texts = typed.map((block) => ({ was: this.#saved.get(block), value: field(block).value }));
    take(page);
    this.#begin();
    for (const text of texts) {
      const block = [...this.#saved.keys()].find((each) => this.#saved.get(each) === text.was);
      if (block) this.#change(block, text.value);
    }
    this.#kept.refill(fields);
    this.#shown();
  }

  #begin() {
    this.#saved.clear();
    this.#waiting.clear();
    for (const block of this.#draft.querySelectorAll(".block")) this.#saved.set(block, field(block).defaultValue);
  }

  #tell(name, text) {
    const state = document.getElementById("state");
    state.dataset.state = name;
    state.firstElementChild.textContent = text;
    this.#kept.lead(name === "unsaved" || name === "refused");
  }

  #toggled(details) {
    const block = details.matches(".edit") && details.closest(".block");
    if (!block) return;
    block.classList.toggle("editing", details.open);
    if (details.open) grow(field(block));
    else this.flush();
  }

  /** Put another text into a block's field, to be saved with the next. */
  #change(block, text) {
    field(block).value = text;
    this.#waiting.add(block);
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
    const { sent, response, told } = await this.#post(block);
    const answer = told ?? { error: response.statusText };
    if (response.status === 409) {
      return answer.current === sent.trim() ? this.#renew(block, sent) : this.#conflict(block, answer);
    }
    if (response.status === 413) return this.sayWhy(413);
    if (!response.ok) return this.say("refused", answer.error);
    this.#saved.set(block, sent);
    this.#kept.saved(field(block), sent);
    if (field(block).value === sent) this.#waiting.delete(block);
    const more = answer.count - this.#draft.querySelectorAll(".block").length;
    this.#take(block, answer);
    if (more > 0) await this.#divide(block, sent, more + 1);
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
      const told = await response?.json().catch(() => null);
      const cut = response?.ok && !told; // the server stopped in the middle of its answer
      if (response && !cut && !LATER.has(response.status)) return { sent, response, told };
      this.sayWhy(cut ? 0 : (response?.status ?? 0), told?.error ?? this.#says.disk);
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
  }

  /** What was sent is saved, but the answer to that never came: show the page as it now is, and go on in the block. */
  async #renew(block, sent) {
    const { status, page } = await fetched(location.href);
    if (status !== 200) return this.sayWhy(status);
    const { selectionStart, selectionEnd } = field(block);
    this.#kept.saved(field(block), sent);
    this.#saved.set(block, sent.trim());
    if (field(block).value === sent) this.#waiting.delete(block);
    const editing = block.classList.contains("editing");
    this.swap(page);
    const same = document.getElementById(block.id);
    if (editing && same) this.openBlock(same).setSelectionRange(selectionStart, selectionEnd);
    this.say("saved");
    if (this.pending) this.#timer = setTimeout(() => this.flush(), PAUSE);
  }

  /** Send another change of a block than its text, once that is saved, and show what became of it. */
  async change(block, action, fields) {
    if (!(await this.flush())) return;
    const address = block.querySelector(".write").getAttribute("action");
    const headers = { Accept: "application/json" };
    const seen = this.#draft.dataset.draft;
    const body = new URLSearchParams({ seen, place: block.dataset.place, action, ...fields });
    const response = await fetch(address, { method: "POST", headers, body }).catch(() => null);
    const answer = await response?.json().catch(() => null);
    if (response?.ok && answer) this.#take(block, answer);
    else this.sayWhy(response?.status ?? 0, answer?.error);
  }

  /** A judge has spoken: show the findings of every block that nobody is changing. */
  #judged(answer) {
    this.#figures(answer);
    for (const piece of answer.blocks) {
      const block = document.getElementById(piece.id);
      if (block && !this.#waiting.has(block)) show(block, piece, this.#says);
    }
  }

  #figures(answer) {
    this.#draft.dataset.awaited = answer.awaited;
    for (const name of ["findings", "unconfirmed", "coverage"]) {
      document.getElementById(name).textContent = answer[name];
    }
  }

  /** Show what the server made of the text. */
  #take(block, answer) {
    this.#seen(answer.draft);
    this.#figures(answer);
    for (const name of ["undo", "redo"]) document.getElementById(name).disabled = !answer[name];
    for (const standing of document.querySelectorAll("#state .standing")) {
      standing.dataset.standing = answer.standing;
      standing.textContent = answer.stands;
    }
    show(block, answer.block, this.#says);
    const typed = field(block).value;
    field(block).defaultValue = answer.block.text;
    const resting = !block.classList.contains("editing") && !this.#waiting.has(block);
    field(block).value = resting ? answer.block.text : typed;
    if (resting) this.#saved.set(block, answer.block.text);
    this.say("saved");
  }

  /**
   * Blank lines made several paragraphs of one: show them, and go on in the one where the cursor is. What was typed
   * since goes along.
   */
  async #divide(block, sent, count) {
    const { status, page } = await fetched(location.href);
    if (status !== 200) return this.sayWhy(status);
    const input = field(block);
    const editing = block.classList.contains("editing");
    const texts = pieces(input.value);
    const before = input.value.slice(0, input.selectionStart).split(BLANK_LINES);
    let at = before.slice(0, -1).filter((text) => text.trim()).length;
    let cursor = before.at(-1).length;
    if (texts.length > count) texts.push(texts.splice(count - 1).join("\n\n"));
    this.swap(page, block);
    const blocks = [...this.#saved.keys()];
    const first = blocks.findIndex((each) => each.dataset.place === block.dataset.place);
    for (const [number, text] of texts.entries()) {
      if (text !== pieces(sent)[number]) this.#change(blocks[first + number], text);
    }
    if (at >= count) {
      at = count - 1; // after the last of them, where the next one is about to be typed
      const last = field(blocks[first + at]);
      last.value += "\n\n";
      cursor = last.value.length;
    }
    if (editing) this.openBlock(blocks[first + at]).setSelectionRange(cursor, cursor);
    if (this.pending) this.#timer = setTimeout(() => this.flush(), PAUSE);
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
      this.#change(block, text);
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

/** The paragraphs of a typed text. */
function pieces(text) {
  return text.split(BLANK_LINES).filter((piece) => piece.trim());
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
  for (const list of block.querySelectorAll(":scope > :is(.why, .offers, .awaited)")) list.remove();
  const lists = piece.lines.flatMap((line, at) => [
    why(line.findings, says, line),
    ...offers(line, at + 1, piece.place, says),
  ]);
  shown.after(...[...lists, why(piece.findings, says)].filter(Boolean));
  if (piece.shape === "paragraph") relink(piece, says);
}

function statement(line, number, says) {
  const said = made("span", { className: "said", id: line.id }, ...directed(line.text));
  Object.assign(said.dataset, { n: number, cites: line.cites.map((cite) => cite.number).join(" "), basis: line.basis });
  if (line.findings.length) {
    said.dataset.flawed = "";
    said.dataset.tone = line.findings.some((finding) => finding.tone === "certain") ? "certain" : "hint";
    said.setAttribute("aria-describedby", line.findings.map((_, at) => `${line.id}-why-${at + 1}`).join(" "));
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
