// The service that a script talks with: where it is, who can ask it, and what somebody else does there meanwhile.
//
// A script is run as `node NAME.mjs BASE_URL`, with SAMSYN_TOKENS = { username: token }, or against `samsyn demo` without.

const base = process.argv[2] ?? 'http://127.0.0.1:8080';
export const endpoint = new URL('/graphql', base).href;
export const socketEndpoint = endpoint.replace(/^http/, 'ws');

const tokens = process.env.SAMSYN_TOKENS ? JSON.parse(process.env.SAMSYN_TOKENS) : await demonstrationTokens();

/** Those that the demonstration's page to explore the API has. */
async function demonstrationTokens() {
  const response = await fetch(new URL('/graphiql/configuration.json', base));
  const configuration = await response.json();
  return Object.fromEntries(configuration.tokens.map(({ name, token }) => [name, token]));
}

/** The header, and over WebSocket the entry of `connection_init`, that says who is asking. */
export function authorization(username) {
  if (!tokens[username]) throw new Error(`no token of ${username}`);
  return { Authorization: `Bearer ${tokens[username]}` };
}

/** The data of an operation that somebody sends without a GraphQL client. */
export async function ask(username, query, variables) {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { ...authorization(username), 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
  return data;
}

/** The administrator gives a department a new name, which is answered. */
export async function renameDepartment(code) {
  const query = 'query ($code: String!) { department(code: $code) { id version } }';
  const { department } = await ask('administrator', query, { code });
  const name = uniqueText('Förvaltningen');
  const { updateDepartment } = await ask(
    'administrator',
    'mutation ($input: UpdateDepartmentInput!) { updateDepartment(input: $input) { errors { message } } }',
    { input: { id: department.id, expectedVersion: department.version, name } },
  );
  if (updateDepartment.errors.length > 0) throw new Error(updateDepartment.errors[0].message);
  return name;
}

/**
 * Follows the joint follow-up by `follow`, which is given { next, error } and answers how to stop, until a change of
 * somebody else's has arrived. Answers the department's new name.
 */
export function hearOfRename(follow) {
  return new Promise((resolve, reject) => {
    let renamed;
    const stop = follow({
      async next({ data, errors, error }) {
        try {
          if (errors ?? error) throw new Error(JSON.stringify(errors ?? error));
          // The first event has the present state.
          renamed ??= renameDepartment('UTB');
          const name = await renamed;
          const { departments } = data.jointFollowUp.jointFollowUp;
          if (departments.find(({ code }) => code === 'UTB').name === name) {
            stop();
            resolve(name);
          }
        } catch (reason) {
          reject(reason);
        }
      },
      error: reject,
    });
  });
}

/** A text that nobody has written before. */
export function uniqueText(beginning) {
  return `${beginning} ${crypto.randomUUID().slice(0, 8)}`;
}

/** The ids of all findings of 2017 that somebody sees, in their order: what a list walked page by page must come to. */
export async function findingIds(username) {
  const { findings } = await ask(username, '{ findings(filter: { year: 2017 }, first: 100) { nodes { id } } }');
  return findings.nodes.map(({ id }) => id);
}

/** The finding that the scripts change: one that performer-ksf may change, and that nobody has resolved. */
export async function openFinding() {
  const { findings } = await ask(
    'performer-ksf',
    '{ findings(filter: { year: 2017, departmentCode: "KSF" }) { nodes { id version status } } }',
  );
  return findings.nodes.find(({ status }) => status === 'ACTION_PLANNED');
}
