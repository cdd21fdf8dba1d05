/** Copying on the page of the clean copy; without it, a click selects the article, and the Markdown is in a field. */

const said = document.getElementById("copied");

for (const button of document.querySelectorAll("[data-copies]")) {
  button.addEventListener("click", () => copied(document.getElementById(button.dataset.copies)));
}

async function copied(node) {
  said.textContent = "";
  if (!(await toClipboard(node))) selected(node);
  said.textContent = said.dataset.copied;
}

/** By the clipboard's own interface: a field as text, an article as text and as HTML; false where that is refused. */
async function toClipboard(node) {
  try {
    if ("value" in node) {
      await navigator.clipboard.writeText(node.value);
    } else {
      const part = (type, text) => ({ [type]: new Blob([text], { type }) });
      const html = new XMLSerializer().serializeToString(node);
      const forms = { ...part("text/html", html), ...part("text/plain", node.innerText) };
      await navigator.clipboard.write([new ClipboardItem(forms)]);
    }
    return true;
  } catch {
    return false;
  }
}

/** Select it, and copy the selection the old way. */
function selected(node) {
  if ("select" in node) node.select();
  else getSelection().selectAllChildren(node);
  document.execCommand("copy");
}
