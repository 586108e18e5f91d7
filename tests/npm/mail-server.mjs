// A real mail server for the tests. Prints { port } when it listens, obeys the commands on its standard input, a line each,
// and answers every one with a line. `down` and `up`; `refuse ADDRESS`, `busy ADDRESS` and `take ADDRESS` say what becomes
// of mail to somebody; `silent` takes mails and never answers, `answering` ends that; `protected` offers STARTTLS, `password`
// demands a name and a password; `mails` answers those that it has taken, whether it answered or not.
import { createInterface } from 'node:readline';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const say = (said) => process.stdout.write(`${JSON.stringify(said)}\n`);
const refusal = (code, text) => Object.assign(new Error(text), { responseCode: code });

const mails = [];
const unwilling = new Map();
let silent = false;
let disabled = ['AUTH', 'STARTTLS'];
let server;
let port = 0;

const onRcptTo = ({ address }, _, done) => {
  const how = unwilling.get(address);
  if (how === 'refuse') return done(refusal(550, `5.1.1 nobody is called ${address}`));
  if (how === 'busy') return done(refusal(451, '4.3.2 come back later'));
  return done();
};

const onData = async (stream, session, done) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  const raw = Buffer.concat(parts);
  const mail = await PostalMime.parse(raw);
  const header = (name) => mail.headers.find(({ key }) => key === name)?.value;
  mails.push({
    to: session.envelope.rcptTo.map(({ address }) => address).join(),
    from: mail.from,
    name: mail.to[0].name,
    subject: mail.subject,
    text: mail.text,
    messageId: mail.messageId,
    automatic: header('auto-submitted'),
    date: header('date'),
    ascii: raw.every((byte) => byte < 128),
    by: session.user,
  });
  if (!silent) done();
};

const onAuth = ({ username, password }, _, done) =>
  password === 'correct horse' ? done(null, { user: username }) : done(refusal(535, '5.7.8 wrong password'));

const up = () =>
  new Promise((done) => {
    server = new SMTPServer({
      disabledCommands: disabled,
      authOptional: disabled.includes('AUTH'),
      allowInsecureAuth: true,
      closeTimeout: 1,
      onRcptTo,
      onData,
      onAuth,
    });
    server.on('error', () => {});
    server.listen(port, '127.0.0.1', () => {
      port = server.server.address().port;
      done();
    });
  });
const down = () => new Promise((done) => server.close(done));
const again = async () => {
  await down();
  await up();
};

const commands = {
  up,
  down,
  refuse: (address) => unwilling.set(address, 'refuse'),
  busy: (address) => unwilling.set(address, 'busy'),
  take: (address) => unwilling.delete(address),
  silent: () => {
    silent = true;
  },
  answering: () => {
    silent = false;
  },
  protected: () => {
    disabled = ['AUTH'];
    return again();
  },
  password: () => {
    disabled = ['STARTTLS'];
    return again();
  },
};

await up();
say({ port });
for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument] = line.split(' ');
  if (command === 'mails') {
    say({ mails });
  } else {
    await commands[command](argument);
    say({ done: command });
  }
}
process.exit();
