import assert from 'node:assert/strict';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { DESKTOP, PHONE } from '../portal.mjs';

const VIEWS = {
  joint: ['/', {}],
  reports: ['/#/reports?year=2017', {}],
  report: ['/#/reports/KSF?year=2017', { actor: 'member-ks' }],
  'report-confidential': ['/#/reports/KSF?year=2017', { actor: 'controller-ksf' }],
  'report-none': ['/#/reports/KSF?year=2017', { actor: '' }],
  work: ['/#/work', { actor: 'controller-ksf' }],
};
const WIDTHS = { desktop: DESKTOP, phone: PHONE };
const LANGUAGES = { sv: 'sv-SE', en: 'en-GB' };

async function assertAccessible(portal, name, route, options) {
  const { page } = await portal.open(route, options);
  await page.waitForFunction(() => document.querySelector('.liveness')?.dataset.state !== 'idle');
  await page.screenshot({ path: join(portal.screenshots, `${name}.png`), fullPage: true });
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  assert.deepEqual(found, []);
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(inner <= outer, `the page is ${inner} px wide in a window of ${outer} px`);
}

/** Each view in each width and language: axe finds nothing, nothing is cut off, and there is a picture to look at. */
export const accessibility = Object.fromEntries(
  Object.entries(VIEWS).flatMap(([view, [route, options]]) =>
    Object.entries(WIDTHS).flatMap(([width, viewport]) =>
      Object.entries(LANGUAGES).map(([language, locale]) => {
        const name = `${view}-${width}-${language}`;
        return [
          `axe finds nothing in ${name}`,
          (portal) => assertAccessible(portal, name, route, { ...options, viewport, locale }),
        ];
      }),
    ),
  ),
);
