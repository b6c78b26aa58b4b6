// Opens pages in a browser as readers meet them, and prints a line for each thing that is wrong.
//
//     node check.mjs TOOLS PICTURES PAGE…
//
// TOOLS holds node_modules; PICTURES is the folder for screenshots. $VIEWS names the views to look at, with
// commas; all where it is not set. Nothing printed means nothing wrong.

import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch, requireFrom } from "./launch.mjs";

const [tools, pictures, ...pages] = process.argv.slice(2);
const axe = readFileSync(requireFrom(tools).resolve("axe-core/axe.min.js"), "utf8");

const wanted = process.env.VIEWS?.split(",");
// Each is a way in which somebody reads a page.
const views = [
  { name: "light", width: 1280, media: { colorScheme: "light" }, picture: true },
  { name: "dark", width: 1280, media: { colorScheme: "dark" }, picture: true },
  { name: "print", width: 800, media: { media: "print" }, picture: true },
  { name: "phone", width: 320, media: { colorScheme: "light" }, picture: true },
  { name: "phone-dark", width: 320, media: { colorScheme: "dark" } },
  { name: "forced", width: 1280, media: { colorScheme: "dark", forcedColors: "active" }, picture: true },
  { name: "large-text", width: 1280, media: { colorScheme: "light" }, textSize: "200%" },
  { name: "phone-large-text", width: 320, media: { colorScheme: "light" }, textSize: "200%", picture: true },
].filter((view) => !wanted || wanted.includes(view.name));

const browser = await launch(tools);

for (const file of pages) {
  const address = pathToFileURL(resolve(file)).href;
  const title = basename(file, ".html");
  let withScript;
  for (const view of views) {
    const problem = (what) => console.log(`${title}, ${view.name}: ${what}`);
    const page = await open(address, view, { javaScriptEnabled: true }, problem);
    withScript ??= await page.content();
    if (view.picture) {
      // Pictures are for people; on a busy machine Chromium now and then takes none.
      await page.screenshot({ path: join(pictures, `${title}-${view.name}.png`), fullPage: true })
        .catch((error) => console.error(`${title}, ${view.name}: no picture: ${error.message}`));
    }
    if (view.name === "light") await judgeFocus(page, problem);
    await judgeWidth(page, problem);
    await judgeAccess(page, problem);
    await page.context().close();
  }
  if (wanted) continue;
  const problem = (what) => console.log(`${title}, without script: ${what}`);
  const page = await open(address, views[0], { javaScriptEnabled: false }, problem);
  if ((await page.content()) !== withScript) problem("content: other than with script");
  await page.context().close();
}
await browser.close();

async function open(address, view, options, problem) {
  const context = await browser.newContext({
    viewport: { width: view.width, height: 900 }, reducedMotion: "reduce", ...options,
  });
  const page = await context.newPage();
  page.on("request", (request) => {
    if (request.url() !== address) problem(`request: ${request.url()}`);
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problem(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => problem(`script: ${error.message}`));
  await page.emulateMedia(view.media);
  await page.goto(address, { waitUntil: "load" });
  if (view.textSize) {
    await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, view.textSize);
  }
  return page;
}

// A page that scrolls sideways cannot be read on a phone; a part that scrolls by itself can.
async function judgeWidth(page, problem) {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return null;
    const sticksOut = [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > room + 1)
      .slice(0, 3)
      .map((element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}">`);
    return `${document.documentElement.scrollWidth} of ${room} px: ${sticksOut.join(", ")}`;
  });
  if (wide) problem(`width: ${wide}`);
}

async function judgeAccess(page, problem) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, help, nodes } of violations) {
    const where = nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ");
    problem(`access: ${id}: ${help}: ${nodes.length} times, at ${where}`);
  }
}

// Whoever reads with the keyboard must see where they are: something of what is focused, or of what it
// holds, looks other than a moment later without focus.
async function judgeFocus(page, problem) {
  const stops = await page.evaluate(() => document.querySelectorAll("a[href], summary, button, [tabindex='0']").length);
  for (let stop = 0; stop < Math.min(stops, 60); stop += 1) {
    await page.keyboard.press("Tab");
    const unseen = await page.evaluate(() => {
      const looks = (element) => [element, ...element.querySelectorAll("*")].map((part) => {
        const style = getComputedStyle(part);
        return [style.outline, style.boxShadow, style.backgroundColor, style.textDecoration, style.border,
          style.stroke, style.strokeWidth, style.fill].join();
      }).join(";");
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const focused = looks(element);
      // The next Tab goes on from here all the same.
      element.blur();
      return focused === looks(element) ? element.outerHTML.slice(0, 80) : null;
    });
    if (unseen) problem(`focus: not seen on ${unseen}`);
  }
}
