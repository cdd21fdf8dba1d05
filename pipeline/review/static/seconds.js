/**
 * How long somebody works on a draft: the time in which its page is seen and something is done at least once a minute.
 * It is sent with the decision and kept in the journal on this machine, nowhere else.
 */

const IDLE = 60_000; // ms without a key, a click or a move until the work counts as interrupted
const KEY = `tadwin.seconds.${document.getElementById("draft").dataset.video}`;
const ACTS = ["keydown", "pointerdown", "pointermove", "wheel", "touchmove", "visibilitychange"];

let worked = Number(sessionStorage.getItem(KEY)) || 0; // ms; survives a reload of this tab
let counted = Date.now();
let acted = counted;
let seen = !document.hidden;

function count() {
  const now = Date.now();
  if (seen) worked += Math.max(0, Math.min(now, acted + IDLE) - counted);
  counted = now;
  seen = !document.hidden;
}

function act() {
  count();
  acted = counted;
}

for (const kind of ACTS) document.addEventListener(kind, act, { capture: true, passive: true });
addEventListener("pagehide", () => {
  count();
  sessionStorage.setItem(KEY, String(worked));
});
document.addEventListener(
  "submit",
  ({ target }) => {
    const field = target.elements.namedItem("seconds");
    if (!field) return;
    count();
    field.value = String(Math.max(1, Math.round(worked / 1000)));
  },
  true,
);
document.addEventListener("formdata", ({ target }) => {
  if (target.elements.namedItem("seconds")) worked = 0; // the decision is on its way; the next one begins at nothing
});
