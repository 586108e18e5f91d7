import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types for every operation in `src`, checked against the contract. */
const config: CodegenConfig = {
  schema: '../../schema/schema.graphql',
  documents: 'src/**/*.graphql',
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, onlyOperationTypes: true },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { Date: 'string', DateTime: 'string', JSON: 'unknown' },
      },
    },
  },
};

export default config;
