// Tests the portal in Chromium, as it is served with its API: node tests/run.mjs BASE_URL SCREENSHOT_FOLDER
// The server is one of a demonstration; the tests register findings there.
import { mkdir } from 'node:fs/promises';
import { accessibility } from './checks/accessibility.mjs';
import { firstView } from './checks/first-view.mjs';
import { keyboard } from './checks/keyboard.mjs';
import { languages } from './checks/languages.mjs';
import { live } from './checks/live.mjs';
import { matrix } from './checks/matrix.mjs';
import { report } from './checks/report.mjs';
import { signIn } from './checks/sign-in.mjs';
import { work } from './checks/work.mjs';
import { startPortal } from './portal.mjs';

const [base, screenshots] = process.argv.slice(2);
if (!screenshots) {
  console.error('usage: node tests/run.mjs BASE_URL SCREENSHOT_FOLDER');
  process.exit(2);
}
await mkdir(screenshots, { recursive: true });

const portal = await startPortal(base, screenshots);
let failed = 0;
// What changes something comes last, so that the pictures are of the demonstration as it is.
for (const checks of [firstView, matrix, report, work, signIn, languages, keyboard, accessibility, live]) {
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check(portal);
      console.log(`ok      ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${name}\n        ${String(error.message).replaceAll('\n', '\n        ')}`);
    } finally {
      await portal.closePages();
    }
  }
}
await portal.stop();
console.log(failed === 0 ? 'The portal passes.' : `${failed} failed.`);
process.exit(failed === 0 ? 0 : 1);
