/**
 * YouTube's player as a plain frame, spoken to by messages only, so that no foreign script enters this page.
 * Nothing is asked of YouTube before `show`. The protocol is that of YouTube's own `iframe_api`.
 */

const ANSWERS_WITHIN = 8000; // ms until a player that says nothing counts as out of reach
const ASK_EVERY = 250; // ms between two greetings; the frame may not listen yet
const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
const PLAYING = 1; // `playerState` in YouTube's messages

export class Player {
  #box;
  #origin = "";
  #frame = null;
  #greeting = 0;
  #wanted = null; // second to go to as soon as the player answers
  #answered = false;
  #playing = false;
  #rate = 1;

  /** `box` has `data-embed` and a `.notice`; `heard(seconds)` is called as the video runs. */
  constructor(box, heard) {
    this.#box = box;
    this.heard = heard;
    if (box?.dataset.embed) this.#origin = new URL(box.dataset.embed).origin;
    addEventListener("message", (event) => this.#receive(event));
  }

  /** Whether the video can be shown here: an address, a network, and no refusal so far. */
  get possible() {
    return this.#origin !== "" && !this.#box.dataset.failed && (this.#answered || navigator.onLine);
  }

  get shown() {
    return this.#frame !== null;
  }

  /** Put the player into the page, at this second. */
  show(seconds = 0) {
    if (this.shown) return this.seek(seconds);
    if (this.#origin === "") return;
    if (!this.possible) return this.#fail("offline");
    const address = new URL(this.#box.dataset.embed);
    address.searchParams.set("origin", location.origin);
    address.searchParams.set("start", String(Math.floor(seconds)));
    this.#wanted = seconds;
    this.#frame = document.createElement("iframe");
    this.#frame.title = this.#box.getAttribute("aria-label");
    this.#frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    this.#frame.referrerPolicy = "strict-origin-when-cross-origin";
    this.#frame.src = address.href;
    this.#box.prepend(this.#frame);
    this.#box.dataset.shown = "";
    this.#greet(Date.now());
  }

  /** Go to this second, if the video is shown. */
  seek(seconds) {
    this.#wanted = seconds;
    if (this.#answered) this.#order("seekTo", seconds, true);
  }

  toggle() {
    if (!this.shown) return this.show(this.#wanted ?? 0);
    this.#order(this.#playing ? "pauseVideo" : "playVideo");
  }

  pause() {
    if (this.#playing) this.#order("pauseVideo");
  }

  /** One step slower (-1) or faster (1); the new rate. */
  pace(step) {
    const at = RATES.indexOf(this.#rate) + step;
    this.#rate = RATES[Math.min(Math.max(at, 0), RATES.length - 1)];
    this.#order("setPlaybackRate", this.#rate);
    return this.#rate;
  }

  #greet(begun) {
    this.#greeting = setInterval(() => {
      if (this.#answered) clearInterval(this.#greeting);
      else if (Date.now() - begun > ANSWERS_WITHIN) this.#fail("offline");
      else this.#send({ event: "listening", id: "tadwin", channel: "widget" });
    }, ASK_EVERY);
  }

  #order(func, ...args) {
    this.#send({ event: "command", func, args, id: "tadwin", channel: "widget" });
  }

  #send(message) {
    this.#frame?.contentWindow?.postMessage(JSON.stringify(message), this.#origin);
  }

  #receive(event) {
    if (!this.#frame || event.origin !== this.#origin || event.source !== this.#frame.contentWindow) return;
    const said = parsed(event.data);
    if (said?.event === "onError") return this.#fail("forbidden");
    if (!this.#answered && said?.event) this.#begin();
    const { currentTime, playerState } = Object(said?.info);
    if (Number.isInteger(playerState)) this.#playing = playerState === PLAYING;
    if (Number.isFinite(currentTime)) this.heard(currentTime);
  }

  #begin() {
    this.#answered = true;
    clearInterval(this.#greeting);
    this.#order("addEventListener", "onError");
    if (this.#wanted !== null) this.seek(this.#wanted);
  }

  /** The notice and its link take the place of the frame. */
  #fail(why) {
    clearInterval(this.#greeting);
    this.#frame?.remove();
    this.#frame = null;
    delete this.#box.dataset.shown;
    this.#box.dataset.failed = why;
  }
}

function parsed(data) {
  try {
    return typeof data === "string" && data.length < 100_000 ? JSON.parse(data) : null;
  } catch {
    return null; // not one of the player's messages
  }
}
