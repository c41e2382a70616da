// Every page works without this file. It starts the GOV.UK components, and puts the focus where the eye is needed.
import { initAll } from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
initAll();

const first = document.querySelector("[data-focus]");
if (first && !document.querySelector(".govuk-error-summary")) first.focus();

// A page names the small modules it needs: <div data-module="app-what-if"> loads ./what-if.js, which exports `start`.
for (const part of document.querySelectorAll('[data-module^="app-"]')) {
  const name = part.dataset.module.slice(4);
  import(`./${name}.js`).then((module) => module.start(part));
}
