// Bundles the page into the folder given as argument, the same bytes every time.
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { build } from 'esbuild';
import { notices } from './notices.js';

const home = fileURLToPath(new URL('.', import.meta.url));
const source = (file) => join(home, 'src', file);
const [outdir] = process.argv.slice(2);
if (!outdir) throw new Error('usage: node build.js FOLDER');

const common = {
  absWorkingDir: home,
  bundle: true,
  minify: true,
  legalComments: 'none',
  metafile: true,
  target: 'es2022',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.ttf': 'dataurl' },
};

await rm(outdir, { recursive: true, force: true });
await mkdir(outdir, { recursive: true });

const page = await build({
  ...common,
  entryPoints: { graphiql: source('main.jsx') },
  outdir,
  format: 'esm',
  jsx: 'automatic',
  alias: {
    'prettier/standalone': source('prettier.js'),
    'prettier/plugins/estree': source('no-plugin.js'),
    'prettier/parser-babel': source('no-plugin.js'),
  },
});
const worker = await build({
  ...common,
  entryPoints: { worker: source('worker.js') },
  outdir,
  format: 'iife',
});

await copyFile(source('page.html'), join(outdir, 'index.html'));
await writeFile(join(outdir, 'licences.txt'), await notices(home, [page.metafile, worker.metafile]));
