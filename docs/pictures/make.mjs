// Takes a picture of a part of each page.
//
//     node make.mjs TOOLS PICTURES PAGE…

import { readFileSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "../../tests/browser/launch.mjs";

const [tools, pictures, ...files] = process.argv.slice(2);
// Wide enough for the drawing of large screens; high enough for what tells one template from another.
const usual = { width: 900, height: 1120 };
const sizes = {
  page: { width: 1080, height: 1130 },
  dark: { width: 900, height: 860 },
  phone: { width: 390, height: 1180 },
  // As wide as a sheet of A4.
  print: { width: 794, height: 1100 },
  forced: { width: 900, height: 1090 },
  executive: { width: 900, height: 1130 },
};
// These begin as `full` does; what is their own begins with their contents.
const alike = ["google", "pagerduty", "atlassian"];

const browser = await launch(tools);
for (const file of files) {
  const ending = extname(file);
  const name = basename(file, ending);
  const size = sizes[name] ?? usual;
  const colorScheme = name === "dark" ? "dark" : "light";
  const forcedColors = name === "forced" ? "active" : "none";
  const page = await browser.newPage({ viewport: size, colorScheme, forcedColors });
  if (name === "print") {
    await page.emulateMedia({ media: "print" });
  }
  if (ending === ".html") {
    await page.goto(pathToFileURL(resolve(file)).href, { waitUntil: "load" });
  } else {
    await page.setContent("<!doctype html><body style='margin:0'><pre style='font:13px/1.5 ui-monospace,monospace;margin:0;padding:1.5rem 1.5rem 0;white-space:pre-wrap'>");
    await page.evaluate((text) => { document.querySelector("pre").textContent = text; }, readFileSync(file, "utf8"));
  }
  const [top, bottom] = await page.evaluate((fromContents) => {
    const contents = document.querySelector(".contents");
    const top = fromContents ? contents.getBoundingClientRect().top - 8 : 0;
    return [top, document.body.getBoundingClientRect().bottom + 24].map(Math.ceil);
  }, alike.includes(name));
  const clip = { x: 0, y: top, width: size.width, height: Math.min(size.height, bottom - top) };
  await page.screenshot({ path: join(pictures, `${name}.png`), clip, fullPage: true });
  await page.close();
}
await browser.close();
