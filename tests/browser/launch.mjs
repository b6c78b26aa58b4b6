// Starts the browser of the tests. TOOLS holds node_modules.

import { createRequire } from "node:module";
import { join, resolve } from "node:path";

export const requireFrom = (tools) => createRequire(join(resolve(tools), "here.js"));

export function launch(tools) {
  const { chromium } = requireFrom(tools)("playwright-core");
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    // Chromium refuses to put root into its sandbox; the pages are ours.
    chromiumSandbox: process.getuid() !== 0,
    args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}
