// A real S3-compatible store for the tests. Prints { endpoint } when it listens, obeys the commands on its standard input,
// a line each, and answers every one with a line: `down` and `up`. Its files are in the folder that it is told of.
import { createInterface } from 'node:readline';
import S3rver from 's3rver';

const BUCKET = 'samsyn';
const [directory] = process.argv.slice(2);
const store = (port) =>
  new S3rver({
    address: '127.0.0.1',
    port,
    silent: true,
    directory,
    configureBuckets: [{ name: BUCKET }],
  });

const say = (said) => process.stdout.write(`${JSON.stringify(said)}\n`);

let current = store(0);
const { port } = await current.run();
const commands = {
  down: () => current.close(),
  up: async () => {
    current = store(port);
    await current.run();
  },
};
say({ endpoint: `http://127.0.0.1:${port}`, bucket: BUCKET });
for await (const command of createInterface({ input: process.stdin })) {
  await commands[command]();
  say({ done: command });
}
process.exit();
