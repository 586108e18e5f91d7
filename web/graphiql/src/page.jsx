import { useMemo, useState } from 'react';
import { GraphiQL } from 'graphiql';
import { Examples } from './examples.jsx';
import { createFetcher } from './fetcher.js';

const PUBLIC = '';

/** GraphiQL below a bar that says for whom the requests are made. */
export function Page({ configuration }) {
  const { examples, tokens } = configuration;
  const [first] = examples;
  const [actor, setActor] = useState(PUBLIC);
  const [refused, setRefused] = useState(false);

  // GraphiQL fetches the schema again when the fetcher changes: what is documented is what the actor may see.
  const fetcher = useMemo(() => {
    const token = tokens.find(({ name }) => name === actor)?.token;
    return createFetcher(token, setRefused);
  }, [actor, tokens]);

  function act(event) {
    setActor(event.target.value);
    setRefused(false);
  }

  const demo = tokens.length > 0;
  return (
    <>
      <header className="samsyn-bar">
        <h1>Samsyn</h1>
        {demo && (
          <label>
            Act as{' '}
            <select value={actor} onChange={act}>
              <option value={PUBLIC}>the public</option>
              {tokens.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        <p role="status">{refused && hint(demo, actor)}</p>
      </header>
      <main>
        <GraphiQL
          fetcher={fetcher}
          initialQuery={first?.query}
          initialVariables={first?.variables}
          shouldPersistHeaders={false}
          showPersistHeadersSettings={false}
        >
          <GraphiQL.Logo>
            <Examples examples={examples} />
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}

function hint(demo, actor) {
  if (demo && actor === PUBLIC) return 'The public may not ask this. Choose someone under “Act as”.';
  if (demo) return `The token of ${actor} was not accepted. Load the page anew to get fresh tokens.`;
  return 'This needs a token. Write {"Authorization": "Bearer …"} under Headers, below the query.';
}
