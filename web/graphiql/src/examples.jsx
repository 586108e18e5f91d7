import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';

/** A choice of documented operations: each opens in a tab of its own. */
export function Examples({ examples }) {
  const { addTab } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);

  function open(event) {
    const example = examples.find(({ name }) => name === event.target.value);
    if (!example) return;
    addTab();
    queryEditor?.setValue(example.query);
    variableEditor?.setValue(example.variables);
  }

  return (
    <label className="samsyn-examples">
      Example{' '}
      <select value="" onChange={open}>
        <option value="">open one…</option>
        {examples.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}
