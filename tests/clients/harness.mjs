// How the scripts check. Each prints a line for each check, and ends with 1 where one has failed.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';

export const here = import.meta.dirname;
export const root = join(here, '../..');
export const sdl = readFileSync(join(root, 'schema/schema.graphql'), 'utf8');
export const schema = buildSchema(sdl);

/** How long a check may take, and how long something is waited for. */
const PATIENCE = 20_000;

/** Runs a check and prints what became of it. */
export async function check(name, body) {
  try {
    await within(PATIENCE, name, body());
    console.log(`ok - ${name}`);
  } catch (error) {
    process.exitCode = 1;
    console.log(`not ok - ${name}\n${String(error.stack ?? error).replace(/^/gm, '    ')}`);
  }
}

/** What a promise comes to, unless that takes longer. */
export async function within(milliseconds, what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${milliseconds} ms: ${what}`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Runs something in a folder that is gone afterwards, from which the packages can be imported. */
export async function inTemporaryFolder(body) {
  const folder = await mkdtemp(join(tmpdir(), 'samsyn-clients-'));
  try {
    await symlink(join(here, 'node_modules'), join(folder, 'node_modules'));
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
