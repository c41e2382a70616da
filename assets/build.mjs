// Builds procure/static from scss/ and the two libraries. Run it with `make assets`; the product itself needs no npm.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "procure", "static");
mkdirSync(join(out, "licences"), { recursive: true });

let { css } = sass.compile(join(here, "scss", "app.scss"), { loadPaths: [here], style: "compressed" });
// The timeline of the Ministry of Justice names a picture of a paper that we do not ship
css = css.replace(/\.moj-timeline__document[\w-]*[^{}]*\{[^{}]*\}/g, "").replace(/@media[^{}]*\{\s*\}/g, "");
for (const word of ["url(", "GDS Transport", "crest", "crown"]) {
  const found = css.indexOf(word);
  if (found >= 0) throw new Error(`app.css must not hold “${word}”: …${css.slice(found - 60, found + 80)}…`);
}
writeFileSync(join(out, "app.css"), css + "\n");

const library = (...path) => join(here, "node_modules", ...path);
cpSync(library("govuk-frontend", "dist", "govuk", "govuk-frontend.min.js"), join(out, "govuk-frontend.min.js"));
for (const name of readdirSync(join(here, "js"))) cpSync(join(here, "js", name), join(out, name));
cpSync(join(here, "icon.svg"), join(out, "icon.svg"));
for (const name of readdirSync(join(here, "licences")))
  cpSync(join(here, "licences", name), join(out, "licences", name));

const sums = readdirSync(out, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== "SHA256SUMS")
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .sort()
  .map((path) => `${createHash("sha256").update(readFileSync(path)).digest("hex")}  ${path.slice(out.length + 1)}`);
writeFileSync(join(out, "SHA256SUMS"), sums.join("\n") + "\n");
