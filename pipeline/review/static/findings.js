/** Findings and offered evidence after an edit, as `findings.html` writes them; and the wait for a judge's verdicts. */

import { directed, made, posted } from "./nodes.js";

const LOOK = 2000; // ms between two looks whether the judge has spoken
const GIVE_UP = 300; // looks, after which a page asks no more

const address = (what) => `/d/${document.getElementById("draft").dataset.video}/${what}`;

/** The list of findings on a statement (`line`) or block; null without any. */
export function why(findings, says, line = null) {
  if (!findings.length) return null;
  const { lang, dir } = document.documentElement;
  const list = made("ul", { className: "why", lang, dir });
  if (line) list.id = `${line.id}-why`;
  list.append(...findings.map((finding, at) => item(finding, says, line, at + 1)));
  return list;
}

function item(finding, says, line, number) {
  const fields = { flaw: finding.flaw, text: finding.about, detail: finding.detail };
  const button = { name: "kept", value: "yes", textContent: says.check };
  const hint = finding.tone === "hint" ? [made("small", { className: "tone", textContent: says.hint }), " "] : [];
  const link = line ? [made("a", { href: `#${line.id}`, textContent: beginning(line) }), " "] : [];
  const reason = made("span", {}, ...link, ...hint, ...directed(finding.parts));
  if (line) reason.id = `${line.id}-why-${number}`;
  const node = made("li", {}, reason, " ", posted("check", address("check"), fields, button));
  node.dataset.tone = finding.tone;
  return node;
}

/** What a statement waits for, and the passages that may be its evidence: nodes, perhaps none. */
export function offers(line, number, place, says) {
  const { lang, dir } = document.documentElement;
  const awaited = line.awaited ? [made("div", { className: "awaited", lang, dir, textContent: says.awaited })] : [];
  if (!line.offers.length) return awaited;
  const items = line.offers.map((offer) => {
    const label = made("bdi", { dir: "ltr", textContent: offer.label });
    const fields = { place, statement: number, text: offer.number };
    const button = { name: "action", value: "attach" };
    const form = posted("attach", address("block"), fields, button, `${says.attach} `, label);
    const link = made("a", { href: `#s${offer.number}`, lang: "ar", dir: "rtl" }, ...directed(offer.text));
    const node = made("li", {}, form, " ", link);
    node.dataset.sentence = offer.number;
    return node;
  });
  const title = made("p", { textContent: line.cites.length ? says.saidAlso : says.saidNear });
  return [
    ...awaited,
    made("div", { className: "offers", id: `${line.id}-offers`, lang, dir }, title, made("ul", {}, ...items)),
  ];
}

/** The first words of a statement, to name it by. */
function beginning(line) {
  const text = line.text.map((part) => part.text).join("");
  return `${text.split(/\s+/).slice(0, 3).join(" ")}…`;
}

/** Ask until no verdict is awaited; `take` shows the draft as it is then, if it is still the one on the page. */
export function listen(take) {
  const { dataset } = document.getElementById("draft");
  let looks = 0;
  const look = async () => {
    setTimeout(look, LOOK);
    if (!Number(dataset.awaited) || document.hidden || looks > GIVE_UP) return;
    looks += 1;
    const response = await fetch(address("state"), { headers: { Accept: "application/json" } }).catch(() => null);
    const answer = response?.ok ? await response.json().catch(() => null) : null;
    if (answer?.draft === dataset.draft && answer.awaited < Number(dataset.awaited)) take(answer);
  };
  setTimeout(look, LOOK);
}
