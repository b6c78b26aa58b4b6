// Opens pages at several widths, and prints a line for each label of their drawing that stands on another, or
// outside the drawing.
//
//     node drawings.mjs TOOLS PICTURES PAGE…

import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./launch.mjs";

const [tools, pictures, ...files] = process.argv.slice(2);
const browser = await launch(tools);
for (const width of [1280, 768, 320]) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  for (const file of files) {
    const name = basename(file, ".html");
    await page.goto(pathToFileURL(resolve(file)).href, { waitUntil: "load" });
    for (const problem of await page.evaluate(misplaced)) console.log(`${name}, ${width}: ${problem}`);
    const figure = await page.$("figure");
    await figure?.screenshot({ path: join(pictures, `${name}-drawing-${width}.png`) })
      .catch((error) => console.error(`${name}, ${width}: no picture: ${error.message}`));
  }
  await page.close();
}
await browser.close();

// Runs in the page.
function misplaced() {
  const shown = [...document.querySelectorAll("svg.drawing")].filter((svg) => getComputedStyle(svg).display !== "none");
  if (!document.querySelector("svg.drawing")) return [];
  if (shown.length !== 1) return [`${shown.length} drawings are shown`];
  const room = shown[0].getBoundingClientRect();
  const labels = [...shown[0].querySelectorAll("text")].map((label) => {
    const box = label.getBoundingClientRect();
    // The box of a line is higher than its letters.
    const scale = box.height / 5;
    return { words: label.textContent, left: box.left, right: box.right, top: box.top + scale, bottom: box.bottom - scale };
  });
  const found = [];
  for (const [index, one] of labels.entries()) {
    if (one.left < room.left - 2 || one.right > room.right + 2 || one.top < room.top - 2 || one.bottom > room.bottom + 2) {
      found.push(`"${one.words}" stands outside`);
    }
    for (const other of labels.slice(index + 1)) {
      const meet = one.left < other.right - 0.5 && other.left < one.right - 0.5
        && one.top < other.bottom && other.top < one.bottom;
      if (meet) found.push(`"${one.words}" and "${other.words}" stand on one another`);
    }
  }
  return found;
}
