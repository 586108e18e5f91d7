// Imported on demand, because each of them installs its own message handler when it is evaluated.
switch (self.name) {
  case 'graphql':
    import('monaco-graphql/esm/graphql.worker.js');
    break;
  case 'json':
    import('monaco-editor/esm/vs/language/json/json.worker.js');
    break;
  default:
    import('monaco-editor/esm/vs/editor/editor.worker.js');
}
