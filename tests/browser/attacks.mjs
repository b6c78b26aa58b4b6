// Opens pages that hold hostile texts, and prints a line for each thing that is more than a text.
//
//     node attacks.mjs TOOLS PICTURES PAGE…
//
// Nothing printed means that nothing ran, nothing was asked for, nothing was refused, and every element and
// attribute is one that a page of the tool has.

import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./launch.mjs";

const [tools, , ...files] = process.argv.slice(2);
const browser = await launch(tools);
const waiting = [...files];
await Promise.all([1, 2, 3].map(read));
await browser.close();

// Reads pages one after another, as long as there are some.
async function read() {
  const page = await browser.newPage();
  let problems = new Set();
  let address = "";
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:image/")) problems.add(`request: ${request.url()}`);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.add(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.add(`script: ${error.message}`));
  page.on("dialog", (dialog) => {
    problems.add(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.exposeFunction("pwn", () => problems.add("ran"));
  while (waiting.length > 0) {
    const file = waiting.shift();
    problems = new Set();
    address = pathToFileURL(resolve(file)).href;
    await page.goto(address, { waitUntil: "load" });
    for (const problem of await page.evaluate(strangers)) problems.add(problem);
    if (page.url().split("#")[0] !== address) problems.add(`went to: ${page.url()}`);
    for (const problem of problems) console.log(`${basename(file, ".html")}: ${problem}`);
  }
}

// Runs in the page: what stands there that no page of the tool has. What waits for the mouse or for the keyboard
// gets both.
function strangers() {
  for (const element of document.querySelectorAll("*")) {
    for (const name of ["mouseover", "focus", "click"]) element.dispatchEvent(new Event(name));
  }
  const elements = new Set(`html head meta title style body main header footer section nav h1 h2 h3 h4 h5 h6 p ul ol
    li dl dt dd div span a b strong em del code pre blockquote hr br table caption thead tbody tr th td time small sup
    sub figure figcaption img details summary`.split(/\s+/));
  const drawn = new Set("svg title desc defs linearGradient stop g rect line text path a circle".split(" "));
  const attributes = new Set(`id class href rel title datetime lang charset content name property http-equiv role
    scope colspan start tabindex width height alt src aria-label aria-labelledby aria-describedby aria-hidden
    data-name type`.split(/\s+/));
  const ofDrawings = new Set(`viewBox offset fill x y x1 y1 x2 y2 cx cy r rx d text-anchor class id role href
    aria-labelledby aria-describedby aria-hidden width height`.split(/\s+/));
  const found = [];
  const ids = new Set();
  for (const element of document.querySelectorAll("*")) {
    const isDrawn = element.namespaceURI === "http://www.w3.org/2000/svg";
    const name = element.localName;
    const isData = name === "script" && element.type === "application/ld+json" && element.parentNode === document.head;
    if (isDrawn ? !drawn.has(name) || !element.closest("svg.drawing") : !elements.has(name) && !isData) {
      found.push(`element: ${name}`);
    }
    if (isData) JSON.parse(element.textContent);
    for (const attribute of element.attributes) {
      if (!(isDrawn ? ofDrawings : attributes).has(attribute.name)) found.push(`attribute: ${attribute.name}`);
    }
    if (element.id && ids.has(element.id)) found.push(`id: ${element.id}`);
    ids.add(element.id);
    const address = element.getAttribute("href");
    const scheme = address?.match(/^[a-z][a-z0-9+.-]*:/i)?.[0].toLowerCase();
    if ((scheme && !["http:", "https:", "mailto:"].includes(scheme)) || /^\s*[/\\]{2}/.test(address ?? "")) {
      found.push(`address: ${address}`);
    }
    const source = element.getAttribute("src");
    if (source !== null && !source.startsWith("data:image/")) found.push(`address: ${source}`);
    // Prose of the public page holds causes, which can be linked to.
    const ofPage = element.id.startsWith?.("cause-C") || element.className === "mark" || element.matches(".prose");
    if (element.closest(".prose") && (element.id || element.className) && !ofPage) {
      found.push(`name in prose: ${element.id} ${element.className}`);
    }
  }
  for (const [name, most] of [["h1", 1], ["main", 1], ["head > title", 1], ["style", 2], ["script", 1],
    ["meta[http-equiv]", 1], ["svg", 3]]) {
    const count = document.querySelectorAll(name).length;
    if (count > most) found.push(`${count} times: ${name}`);
  }
  if (document.querySelectorAll("footer").length !== 1) found.push("the page does not end as it should");
  return found;
}
