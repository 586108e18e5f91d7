import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const LICENCE_FILE = /^(licen[cs]e|notice|copying)/i;
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/** Writes the licences of the packages that ended up in the bundle, as their authors ask for. */
export function licences(fileName) {
  return {
    name: 'licences',
    apply: 'build',
    async generateBundle(_options, bundle) {
      const packages = new Set(
        Object.values(bundle)
          .filter((output) => output.type === 'chunk')
          .flatMap(({ modules }) => Object.entries(modules))
          .filter(([, { renderedLength }]) => renderedLength > 0)
          .flatMap(([file]) => file.match(PACKAGE)?.[0] ?? []),
      );
      const texts = await Promise.all([...packages].sort().map(notice));
      this.emitFile({ type: 'asset', fileName, source: texts.join(`\n${'-'.repeat(80)}\n\n`) });
    },
  };
}

async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => LICENCE_FILE.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return [`${name} ${version} (${license})\n`, ...texts.map((text) => `${text.replaceAll('\r', '').trim()}\n`)].join(
    '\n',
  );
}
