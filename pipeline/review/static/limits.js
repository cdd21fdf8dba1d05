/** A paste that is longer than its field takes is refused at once and said; a browser alone would cut it silently. */

const says = document.getElementById("says").dataset;
const state = document.getElementById("state");

document.addEventListener("paste", (event) => {
  const field = event.target;
  if (!(field.maxLength > 0)) return;
  const pasted = event.clipboardData.getData("text").length;
  const kept = field.value.length - (field.selectionEnd - field.selectionStart);
  if (kept + pasted <= field.maxLength) return;
  event.preventDefault();
  state.dataset.state = "refused";
  state.firstElementChild.textContent = `${says.tooLong} ${field.maxLength}`;
});
