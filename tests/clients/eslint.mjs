// graphql-eslint over the schema and the documented operations: its recommended rules and those of Relay.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import graphqlPlugin from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';
import { check, root } from './harness.mjs';

const { configs, parser } = graphqlPlugin;
const named = (rules) =>
  Object.fromEntries(Object.entries(rules).map(([name, rule]) => [`@graphql-eslint/${name}`, rule]));

const schemaRules = {
  ...configs['flat/schema-recommended'].rules,
  ...configs['flat/schema-relay'].rules,
  ...named({
    // Everything is described, not types and root fields alone.
    'require-description': [
      'error',
      {
        types: true,
        rootField: true,
        FieldDefinition: true,
        InputValueDefinition: true,
        EnumValueDefinition: true,
        DirectiveDefinition: true,
        // The directives are the specification's own.
        ignoredSelectors: ['DirectiveDefinition > InputValueDefinition'],
      },
    ],
    'input-name': ['error', { checkInputType: true, checkMutations: true, caseSensitiveInputType: false }],
    'no-scalar-result-type-on-mutation': 'error',
    // What has an identity of its own has an id. What is listed here has none: it belongs to the object that it is read
    // of, was counted, or is a copy of what was there when a report was submitted.
    'strict-id-in-types': [
      'error',
      {
        exceptions: {
          suffixes: ['Connection', 'Edge', 'Error', 'Event', 'Payload', 'Count'],
          types: [
            ...[
              'AccessExplanation',
              'AccessGround',
              'ActionExtension',
              'DecisionItem',
              'DecisionNote',
              'DutySeparation',
            ],
            ...['FrozenActionExtension', 'FrozenAssessment', 'FrozenAttachment', 'FrozenCheck', 'FrozenControlPoint'],
            ...['FrozenCorrectiveAction', 'FrozenFinding', 'FrozenFollowUp', 'FrozenGap', 'FrozenJointCell'],
            ...['FrozenJointGap', 'FrozenJointPoint', 'FrozenJointReport', 'FrozenOccasion', 'FrozenRatingLevel'],
            ...['FrozenReport', 'FrozenReportReference', 'FrozenReview', 'FrozenUnit'],
            ...['JointCell', 'JointFollowUp', 'JointGap', 'JointPoint', 'MissingFollowUp'],
            ...['PageInfo', 'PartialDate', 'Permission', 'PlanPoint', 'Policy', 'PolicyRule', 'RatingDistribution', 'RatingLevel'],
            ...['Recipient', 'Reminder', 'ReportGap', 'RiskLevel', 'RollUp', 'ScheduledCheck', 'TypeLabels'],
            ...['ValueLabel', 'Viewer', 'Withheld', 'WorkItem'],
          ],
        },
      },
    ],
    // Relay asks for arguments in one direction. Who pages backwards through a list where nobody does pays for it
    // nevertheless: `last` and `before` are where a list is read from its end.
    'relay-arguments': ['error', { includeBoth: false }],
    // Lists that stay short are plain lists.
    'relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
  }),
};

/** What the rules say of names and types that are meant to be as they are. */
const MEANT = [
  // They are the labels of a type.
  ['naming-convention', '"TypeLabels" should not have "Type" prefix'],
  // Words of their own, which begin as the type does.
  ['no-typename-prefix', 'Field "username"'],
  ['no-typename-prefix', 'Field "reviewer"'],
  // As a decision has a number beside that of its section.
  ['no-typename-prefix', 'Field "decisionNumber"'],
  // What a response's `extensions.code` holds, which no field answers.
  ['no-unreachable-types', '`ErrorCode`'],
  // The specification's own.
  ['no-unreachable-types', '`specifiedBy`'],
  // Events of the audit log, reminders, and what is to be done are read in lists, and not looked up by an id.
  ['relay-edge-types', '`node` must implement `Node`'],
];

function isMeant({ ruleId, message }) {
  return MEANT.some(([rule, part]) => ruleId === `@graphql-eslint/${rule}` && message.includes(part));
}

const languageOptions = {
  parser,
  parserOptions: {
    graphQLConfig: {
      schema: join(root, 'schema/schema.graphql'),
      documents: join(root, 'schema/operations/*.graphql'),
    },
  },
};
const plugins = { '@graphql-eslint': graphqlPlugin };
const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: [
    { files: ['schema/schema.graphql'], languageOptions, plugins, rules: schemaRules },
    {
      files: ['schema/operations/*.graphql'],
      languageOptions,
      plugins,
      rules: {
        ...configs['flat/operations-recommended'].rules,
        ...named({ 'match-document-filename': ['error', { query: 'PascalCase', subscription: 'PascalCase' }] }),
      },
    },
  ],
});

for (const files of ['schema/schema.graphql', 'schema/operations/*.graphql']) {
  await check(`graphql-eslint has nothing to say of ${files}`, async () => {
    const results = await eslint.lintFiles(files);
    const said = results.flatMap(({ filePath, messages }) =>
      messages
        .filter((message) => !isMeant(message))
        .map(({ line, ruleId, message }) => `${filePath}:${line} ${ruleId}: ${message}`),
    );
    assert.equal(said.join('\n'), '');
  });
}
