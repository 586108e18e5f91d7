// graphql-codegen over the schema and the documented operations; strict TypeScript takes what it makes, and refuses what
// is not in the schema.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generate } from '@graphql-codegen/cli';
import { preset } from '@graphql-codegen/client-preset';
import { check, here, inTemporaryFolder, root } from './harness.mjs';

const run = promisify(execFile);

const STRICT = [
  ...['--strict', '--noEmit', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess'],
  ...['--noUnusedLocals', '--isolatedModules', '--verbatimModuleSyntax'],
  ...['--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--types', ''],
];

/** Compiles files; answers what the compiler says, nothing when all is well. */
async function compile(folder, ...files) {
  const compiler = join(here, 'node_modules/typescript/bin/tsc');
  return run(process.execPath, [compiler, ...STRICT, ...files], { cwd: folder }).then(
    () => '',
    ({ stdout, stderr }) => stdout + stderr,
  );
}

await inTemporaryFolder(async (folder) => {
  await cp(join(here, 'codegen'), folder, { recursive: true });

  await check('types are generated of the schema and the documented operations', async () => {
    const files = await generate({
      cwd: root,
      silent: true,
      errorsOnly: true,
      schema: 'schema/schema.graphql',
      documents: 'schema/operations/*.graphql',
      generates: {
        [join(folder, 'generated/')]: {
          preset,
          config: {
            strictScalars: true,
            scalars: { Date: 'string', DateTime: 'string', JSON: 'unknown' },
            useTypeImports: true,
            enumsAsTypes: true,
          },
        },
      },
    });
    assert.ok(files.length > 0);
  });

  await check('strict TypeScript takes them, and what uses them', async () => {
    assert.equal(await compile(folder, 'generated/index.ts', 'usage.ts'), '');
  });

  for (const [file, error] of [
    ['unknown-field.ts', /unknown-field\.ts.*'responsible' does not exist/],
    ['null-ignored.ts', /null-ignored\.ts.*possibly 'null'/],
    ['wrong-variable.ts', /wrong-variable\.ts.*'string' is not assignable to type 'number'/],
  ]) {
    await check(`strict TypeScript refuses ${file}`, async () => {
      assert.match(await compile(folder, file), error);
    });
  }
});
