/** Evidence by hand: the chosen sentence of the transcript is attached to the current statement, or detached. */

import { made } from "./nodes.js";

/** `current` gives the statement, `change` sends a change of its block, `say` tells what is missing. */
export class EvidencePicker {
  #row = null;
  #button = made("button", { type: "button", id: "attach" });

  constructor(says, current, change, say) {
    Object.assign(this, { says, current, change, say });
    this.#button.addEventListener("click", (event) => {
      event.stopPropagation();
      this.toggle();
    });
    document.getElementById("transcript").addEventListener("focusin", (event) => {
      if (event.target !== this.#button) this.pick(event.target.closest(".spoken"));
    });
  }

  /** Choose a sentence of the transcript; its button says what it would do. */
  pick(row) {
    this.#row = document.getElementById((row ?? this.#row)?.id); // the transcript may have been shown anew
    const said = this.current();
    if (!said || !this.#row || said.dataset.basis === undefined) return this.#button.remove();
    this.#button.textContent = this.#attached(said) ? this.says.detachHere : this.says.attachHere;
    this.#row.append(this.#button);
  }

  /** Attach the chosen sentence, or detach it. */
  async toggle() {
    const said = this.current();
    if (!said || !this.#row) return this.say("noSentenceChosen");
    const { id } = said;
    const action = this.#attached(said) ? "detach" : "attach";
    await this.change(said.closest(".block"), action, { statement: said.dataset.n, text: this.#row.dataset.sentence });
    this.pick(this.#row);
    return id;
  }

  #attached(said) {
    return said.dataset.cites.split(" ").includes(this.#row.dataset.sentence);
  }
}
