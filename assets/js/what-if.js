// Redraws a what-if without loading the page again. The server does the ranking; this only swaps the section it sends back.
export function start(part) {
  part.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-what-if]");
    if (!form) return;
    event.preventDefault();
    const pressed = event.submitter;
    const body = new FormData(form, pressed);
    part.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(body) });
      const section = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
      if (!answer.ok || !section) throw new Error("no section");
      part.replaceChildren(...section.childNodes);
      history.replaceState(null, "", answer.url.split("#")[0] + "#" + part.id);
      focusOn(part, pressed);
    } catch {
      form.submit();
    } finally {
      part.removeAttribute("aria-busy");
    }
  });
}

// The button that was pressed stands in the new section too: the focus stays where the reader's hand is.
function focusOn(part, pressed) {
  const same = pressed?.name && part.querySelector(`button[name="${pressed.name}"][value="${pressed.value}"]`);
  (same || part.querySelector("form[data-what-if] button.govuk-button"))?.focus({ preventScroll: true });
}
