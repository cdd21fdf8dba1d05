/** The browser side of the review desk: keys, evidence and the video. Every page works without it. */

import { Editor, field, words } from "./editor.js";
import { EvidencePicker } from "./evidence.js";
import { fetched, fields } from "./fresh.js";
import { Kept } from "./kept.js";
import { list } from "./list.js";
import { Player } from "./player.js";

const WIDE = matchMedia("(min-width: 64rem)"); // as in desk.css: the transcript scrolls beside the article
const LETTERS = "tadwin.letters";
const INTERACTIVE = "a, button, summary, input, select, textarea, label";
const FIELDS = "input:not([type=checkbox]), select, textarea";

const id = (name) => document.getElementById(name);
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

// --- keys ---

/** The key of an event as the list of keys writes it: `J`, `Shift+F`, `Ctrl+Enter`; the same on every layout. */
function pressed(event) {
  const foreign = event.key === "Dead" || !/^[\x20-\x7e]$|^\w{2,}$/.test(event.key); // an Arabic layout sends Arabic
  const places = { BracketLeft: "[", BracketRight: "]", Slash: event.shiftKey ? "?" : "/" };
  const named = foreign ? (places[event.code] ?? event.code.replace("Key", "")) : event.key;
  const key = named === " " ? "Space" : named.length === 1 ? named.toUpperCase() : named;
  const shift = event.shiftKey && key !== "?";
  const held = [(event.ctrlKey || event.metaKey) && "Ctrl", event.altKey && "Alt", shift && "Shift"];
  return [...held, key].filter(Boolean).join("+");
}

function heard(event) {
  if (event.isComposing || event.getModifierState("AltGraph") || id("help").open) return;
  const key = pressed(event);
  const plain = !/^(Ctrl|Alt|Escape|Backspace)/.test(key);
  const busy = key === "Space" || key === "Enter" ? INTERACTIVE : FIELDS;
  if (plain && (event.target.closest(busy) || (key.length === 1 && !id("letters").checked))) return;
  if (key in does && does[key](event) !== false) event.preventDefault();
}

const step = (nodes, current, by) => nodes[Math.min(Math.max(nodes.indexOf(current) + by, 0), nodes.length - 1)];

const does = {
  "?": () => id("help").showModal(),
  N: () => leave(id("next").href),
  Q: () => leave(id("home").href),
};

id("keys").addEventListener("click", (event) => {
  event.preventDefault();
  id("help").showModal();
});
id("letters").checked = localStorage.getItem(LETTERS) !== "off";
id("letters").addEventListener("change", (event) => localStorage.setItem(LETTERS, event.target.checked ? "on" : "off"));
document.addEventListener("keydown", heard);

/** Go to another page once everything is saved. */
async function leave(address) {
  if (!editor || (await editor.flush())) location.assign(address);
}

// --- the queue ---

function queue() {
  const rows = () => all("a.draft");
  const row = () => document.activeElement.closest("tr")?.querySelector("a.draft");
  const go = (by) => (row() ? step(rows(), row(), by) : rows().at(0))?.focus();
  Object.assign(does, {
    J: () => go(1),
    K: () => go(-1),
    X: () => row()?.closest("tr").querySelector("input").click(),
    E: () => row()?.click(),
    "/": () => document.querySelector("#filter [type=search]").focus(),
  });
}

// --- the draft ---

let shown = () => {}; // what is to be done when parts of the page were replaced

/** The page of a draft; what is to be done when parts of it were replaced. */
function draft() {
  const player = new Player(id("player"), follow);
  let sending = null; // the form that is under way
  let turn = Promise.resolve(); // keys wait for each other
  let asked = null; // the button of a key, which does not take the focus
  let rows = [];
  let starts = [];
  let chosen = "";
  let now = null;
  let following = true;

  /** The sentences of the transcript as the page now has them. */
  function read() {
    rows = all(".spoken[data-start]");
    starts = rows.map((row) => Number(row.dataset.start));
    now = null;
    for (const node of all("[data-script]")) node.hidden = false;
    const said = current();
    if (!said) return;
    light(...cited(said));
    said.classList.add("current");
    said.tabIndex = -1;
  }

  const current = () => id(chosen);
  const picker = new EvidencePicker(
    id("says").dataset,
    current,
    (block, action, fields) => editor.change(block, action, fields),
    (name) => editor.say(name),
  );
  const cited = (said) => said.dataset.cites.split(" ").map((number) => id(`s${number}`)).filter(Boolean);
  const second = (said) => Number.parseFloat(said?.querySelector("[data-start]")?.dataset.start);
  const light = (...nodes) => {
    for (const node of all(".lit, .current")) node.classList.remove("lit", "current");
    for (const node of nodes) node.classList.add("lit");
  };
  const reveal = (row) => WIDE.matches && row?.scrollIntoView({ block: "nearest" });

  /** Make a statement the current one: its evidence lights up, and the video is told (`seek`, `show`, or nothing). */
  function choose(said, told = "seek", block = "nearest") {
    if (!said) return;
    chosen = said.id;
    said.tabIndex = -1;
    said.focus({ preventScroll: true });
    said.scrollIntoView({ block });
    light(...cited(said));
    said.classList.add("current");
    reveal(cited(said)[0]);
    const start = second(said);
    if (told && Number.isFinite(start)) player[told](start);
  }

  /** Light up the statements that rest on a sentence of the transcript. */
  function uses(row) {
    const users = all(`.said[data-cites~="${row.dataset.sentence}"]`);
    light(row, ...users);
    current()?.classList.add("current"); // a click here may be about to attach this sentence to it
    picker.pick(row);
    users[0]?.scrollIntoView({ block: "nearest" });
    if (row.dataset.start) player.seek(Number(row.dataset.start));
  }

  function follow(seconds) {
    const after = starts.findIndex((start) => start > seconds);
    const row = rows[(after < 0 ? rows.length : after) - 1];
    if (!row || row === now) return;
    now?.classList.remove("now");
    now = row;
    now.classList.add("now");
    if (following) reveal(now);
  }

  function loose() {
    if (!player.shown) return;
    following = false;
    id("follow").hidden = false;
  }

  /** The next (1) or previous (-1) statement with a finding, from the current one. */
  function finding(by) {
    const flawed = all(".said[data-flawed]");
    const from = current() ?? id("article").firstElementChild;
    const relation = by > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    const beyond = flawed.filter((said) => said !== from && from.compareDocumentPosition(said) & relation);
    const found = by > 0 ? (beyond[0] ?? flawed[0]) : (beyond.at(-1) ?? flawed.at(-1));
    if (!found) editor.say("allSeen");
    choose(found, "seek", "center");
    return found;
  }

  function edit(said) {
    if (!said) return false;
    if (!said.closest(".editing")) editor.close();
    const wrong = said.dataset.wrong ?? "";
    player.pause();
    editor.open(said, Math.max(words(said).indexOf(wrong), 0), wrong.length);
    return true;
  }

  /** Open a statement where it was double-clicked, with that word selected. */
  function editHere(said) {
    const word = getSelection().getRangeAt(0);
    const before = word.cloneRange();
    before.selectNodeContents(said);
    before.setEnd(word.startContainer, word.startOffset);
    player.pause();
    editor.open(said, before.toString().trimStart().length, word.toString().trim().length);
  }

  function clicked(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.detail > 1) return;
    const { target } = event;
    const cite = target.closest("a.cite");
    const said = target.closest(".said");
    const reason = target.closest(".block .why a");
    const time = target.closest("a[data-start], .spoken a.time");
    const row = target.closest(".spoken");
    if (reason) {
      event.preventDefault();
      choose(id(reason.hash.slice(1)));
      edit(current());
    } else if (cite || (said && getSelection().isCollapsed)) {
      choose(said, "show");
      if (cite && WIDE.matches) event.preventDefault();
    } else if (time && player.possible) {
      event.preventDefault();
      player.show(Number((time.dataset.start ? time : row).dataset.start));
    } else if (target.closest("a.use")) {
      choose(id(target.closest("a").hash.slice(1)));
    } else if (row && !target.closest("a") && getSelection().isCollapsed) {
      uses(row);
    }
  }

  id("draft").addEventListener("click", clicked);
  id("article").addEventListener("dblclick", ({ target }) => {
    if (target.closest(".said")) editHere(target.closest(".said"));
  });
  id("draft").addEventListener("click", ({ target }) => target.closest("#next-finding") && finding(1));
  id("show-video")?.addEventListener("click", () => player.show(second(current()) || 0));
  id("follow").addEventListener("click", () => {
    following = true;
    id("follow").hidden = true;
    reveal(now);
  });
  for (const kind of ["wheel", "touchmove"]) id("transcript").addEventListener(kind, loose, { passive: true });
  document.addEventListener("submit", submitted);

  const blockAt = (place) => all(".block").find((block) => block.dataset.place === place);

  /** After a form: the focus stays where the work is. */
  function goOn(kind, value, at, cursor) {
    const block = blockAt(at);
    const said = block?.querySelector(".said");
    if (block && kind.moves) {
      const input = editor.openBlock(block);
      const again = block.querySelector(`.write button[value=${value}]`);
      if (value === "merge") input.setSelectionRange(cursor, cursor);
      else (again ?? input).focus();
    } else if (kind.button && id(kind.button) && !id(kind.button).disabled) {
      block?.scrollIntoView({ block: "nearest" });
      id(kind.button).focus({ preventScroll: true });
    } else if (said) choose(said, "");
    else if (block) block.querySelector("summary").focus();
    else current()?.focus({ preventScroll: true });
  }

  /** A form is sent when everything is saved, so that it speaks of the draft as it is; the page stays. */
  function submitted(event) {
    const { target: form, submitter } = event;
    if (form.method !== "post" || event.defaultPrevented || !id("draft").contains(form)) return;
    if (submitter?.formMethod === "get") return kept.sent(form); // a preview, on a page of its own
    event.preventDefault();
    const value = submitter?.value ?? "";
    if (form.matches(".write") && value === "write") return editor.close();
    if (sending) return;
    sending = sent(form, submitter, value).finally(() => {
      sending = null;
    });
  }

  async function sent(form, submitter, value) {
    const kind = { moves: ["up", "down", "merge"].includes(value), button: submitter === asked ? "" : submitter?.id };
    asked = null;
    const place = form.elements.place?.value;
    const above = all(".block").findLastIndex((block, at, blocks) => blocks[at + 1]?.dataset.place === place);
    const cursor = above < 0 ? 0 : field(all(".block")[above]).defaultValue.length + 1;
    if (!(await editor.flush())) return;
    const address = submitter?.getAttribute("formaction") ?? form.getAttribute("action");
    const answer = await fetched(address, fields(form, submitter));
    if (answer.status === 200) arrived(form, kind, value, answer, cursor);
    else editor.sayWhy(answer.status, answer.page?.querySelector("[role=alert]")?.textContent ?? "");
  }

  function arrived(form, kind, value, { page, address }, cursor) {
    kept.sent(form);
    if (page.getElementById("draft")?.dataset.video !== id("draft").dataset.video) return location.assign(address);
    editor.swap(page);
    editor.say("saved");
    goOn(kind, value, address.searchParams.get("at"), cursor);
  }

  /** Ctrl+Enter belongs to the field that it is pressed in: a reason rejects, an addition is added. */
  function enter({ target }, on) {
    const form = target.matches(FIELDS) && target.closest("form[method=post]:not(.write)");
    if (!form) return send(on ? "approve-next" : "approve");
    form.requestSubmit((on && form.querySelector("[formaction]")) || form.querySelector("button"));
  }

  /** At the start of a paragraph's field Backspace joins it to the one before. */
  function join({ target }) {
    const block = target.closest(".block");
    if (!block || target !== field(block) || target.selectionEnd > 0) return false;
    const button = block.querySelector(".write button[value=merge]");
    if (!button) return false;
    button.form.requestSubmit(button);
    return true;
  }

  function split({ target }) {
    const block = target.closest(".block[data-shape=paragraph]");
    if (!block || target !== field(block)) return false;
    editor.split(target);
    return true;
  }

  const go = (by) => choose(current() ? step(all(".said"), current(), by) : all(".said")[0]);
  /** Press a button for a key, once the form of the key before is done with. */
  function send(name) {
    turn = turn.then(() => {
      asked = id(name);
      asked?.form.requestSubmit(asked);
      return sending;
    });
  }

  Object.assign(does, {
    J: () => go(1),
    K: () => go(-1),
    F: () => finding(1),
    "Shift+F": () => finding(-1),
    "Alt+N": () => {
      editor.close();
      edit(finding(1));
    },
    E: () => edit(current()),
    Enter: () => edit(current()),
    Escape: () => editor.close().length > 0 && choose(current(), ""),
    U: () => send("undo"),
    "Shift+U": () => send("redo"),
    "Alt+Enter": (event) => split(event),
    Backspace: (event) => join(event),
    A: () => picker.toggle().then((kept) => kept && choose(id(kept), "")),
    G: () => cited(current())[0]?.querySelector("a, .time").focus(),
    Space: () => player.toggle(),
    "Alt+S": () => player.show(second(current()) || 0),
    "[": () => editor.say("speed", `${player.pace(-1)}×`),
    "]": () => editor.say("speed", `${player.pace(1)}×`),
    "Ctrl+Enter": (event) => enter(event, false),
    "Ctrl+Shift+Enter": (event) => enter(event, true),
    "Alt+X": () => send("approve-export"),
    R: () => {
      id("reject").closest("details").open = true;
      id("reject").form.elements.reason.focus();
    },
    X: () => send("export"),
    D: () => leave(id("compare").href),
  });
  read();
  return read;
}

const says = id("says").dataset;
const kept = id("draft") ? new Kept(says) : null;
const editor = kept ? new Editor(says, kept, () => shown()) : null;
if (editor) shown = draft();
if (id("drafts")) {
  queue();
  list(says);
}
for (const node of all("[data-script]")) node.hidden = false;
