// Monaco asks for its workers here. One script serves all three and reads its part from the worker's name.
globalThis.MonacoEnvironment = {
  getWorker: (_module, label) => new Worker(new URL('worker.js', import.meta.url), { name: label }),
};
