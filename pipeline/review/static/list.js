/** The list of drafts: what is ticked, and ticking all at once. */

/** `says` has the words of the page. */
export function list(says) {
  const all = document.getElementById("choose-all");
  const boxes = [...document.querySelectorAll("#bulk input[name=chosen]")];
  const chosen = () => boxes.filter((box) => box.checked).length;
  const show = () => {
    all.textContent = chosen() === boxes.length ? says.chooseNone : says.chooseAll;
    for (const button of document.querySelectorAll("#bulk button")) button.disabled = !chosen();
  };
  all.addEventListener("click", (event) => {
    event.preventDefault();
    const ticked = chosen() < boxes.length;
    for (const box of boxes) box.checked = ticked;
    show();
  });
  document.getElementById("bulk").addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}
