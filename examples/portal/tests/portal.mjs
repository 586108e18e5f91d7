import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];

function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      // The next name.
    }
  }
  throw new Error('no Chromium: install the package chromium, or say where it is in CHROMIUM');
}

/** A browser, the portal at an address, and the API behind it. */
export async function startPortal(base, screenshots) {
  const browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS });
  const { tokens } = await (await fetch(new URL('configuration.json', base))).json();
  const tokenOf = (actor) => tokens.find(({ name }) => name === actor)?.token;
  const contexts = [];

  return {
    screenshots,
    tokenOf,

    /** Opens the portal at a route, and waits for what it shows. What it does on the way is in `watched`. */
    async open(route, { actor = 'coordinator', locale = 'sv-SE', viewport = DESKTOP, prepare } = {}) {
      const context = await browser.newContext({ locale, viewport });
      context.setDefaultTimeout(10_000);
      contexts.push(context);
      await context.addInitScript((name) => sessionStorage.setItem('actor', name), actor);
      const page = await context.newPage();
      const watched = { requests: [], problems: [] };
      page.on('request', (request) => watched.requests.push(request));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) watched.problems.push(message.text());
      });
      page.on('pageerror', (error) => watched.problems.push(error.message));
      await prepare?.(page, context);
      await page.goto(new URL(route, base).href);
      await page.waitForSelector('h1');
      await page.waitForSelector('.loading', { state: 'detached' });
      return { page, watched };
    },

    /** Asks the API itself. */
    async ask(actor, query, variables = {}, language = 'sv') {
      const token = tokenOf(actor);
      const response = await fetch(new URL('graphql', base), {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'Accept-Language': language,
          ...(token && { Authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = await response.json();
      if (errors) throw new Error(`the API answered ${JSON.stringify(errors)}`);
      return data;
    },

    async closePages() {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
    },

    async stop() {
      await browser.close();
    },
  };
}
