/**
 * A form is sent without leaving the page: the page that it leads to is read, and its parts with `data-fresh` replace
 * those that are shown. The player goes on, the transcript stays where it was, what is typed elsewhere is not touched.
 */

/** What a form, or a link without `body`, leads to: {status, page, address}; status 0 if the server is out of reach. */
export function fetched(address, body = null) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(body ? "POST" : "GET", address);
    request.responseType = "document"; // scripts of such a page never run, and nothing is parsed from text here
    request.onload = () => {
      resolve({ status: request.status, page: request.response, address: new URL(request.responseURL) });
    };
    request.onerror = () => resolve({ status: 0, page: null, address: null });
    request.send(body);
  });
}

/** The fields of a form as its button sends them. */
export function fields(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.set(submitter.name, submitter.value);
  return body;
}

/** Show the parts of another state of this page. */
export function take(page) {
  for (const part of document.querySelectorAll("[data-fresh]")) {
    const other = page.getElementById(part.id);
    const scrolled = part.scrollTop;
    part.replaceChildren(...(other ? [...other.childNodes].map((node) => document.adoptNode(node)) : []));
    part.scrollTop = scrolled;
  }
  const [draft, other] = [document, page].map((each) => each.getElementById("draft"));
  for (const name of ["draft", "standing", "awaited"]) draft.dataset[name] = other.dataset[name];
  document.querySelector("#state .standing").replaceWith(page.querySelector("#state .standing"));
  document.title = page.title;
}
