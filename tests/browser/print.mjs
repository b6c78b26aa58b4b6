// Prints pages as a browser does, and says on how many sheets each of them is.
//
//     node print.mjs TOOLS PICTURES PAGE…

import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./launch.mjs";

const [tools, pictures, ...files] = process.argv.slice(2);
const browser = await launch(tools);
const page = await browser.newPage();
for (const file of files) {
  const name = basename(file, ".html");
  await page.goto(pathToFileURL(resolve(file)).href, { waitUntil: "load" });
  for (const format of ["A4", "Letter"]) {
    const pdf = await page.pdf({ format, printBackground: true, path: join(pictures, `${name}-${format}.pdf`) });
    const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
    console.log(`${name}, ${format}: ${sheets}`);
  }
}
await browser.close();
