import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createMailer, type Mailer, type MailSettings, type Message } from './mailer.ts';

/** A mail server of a few lines: takes what comes, keeps it, refuses recipients by their name. */
type Sink = { readonly port: number; readonly messages: { to: string[]; body: string }[]; readonly close: () => Promise<void> };

function serve(socket: Socket, messages: Sink['messages']): void {
  let buffer = '';
  let to: string[] = [];
  let inData = false;
  const command = (line: string): void => {
    if (/^EHLO|^HELO/i.test(line)) socket.write('250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n');
    else if (/^STARTTLS/i.test(line)) socket.write('502 5.5.1 not offered\r\n');
    else if (/^RCPT/i.test(line) && line.includes('nobody@')) socket.write('550 5.1.1 no such person\r\n');
    else if (/^RCPT/i.test(line) && line.includes('later@')) socket.write('451 4.3.0 try later\r\n');
    else if (/^DATA/i.test(line)) {
      inData = true;
      socket.write('354 go on\r\n');
    } else {
      if (/^RCPT/i.test(line)) to.push(line.slice(8));
      socket.write(/^QUIT/i.test(line) ? '221 bye\r\n' : '250 ok\r\n');
    }
  };
  socket.write('220 sink\r\n');
  socket.on('error', () => socket.destroy());
  socket.on('data', (data) => {
    buffer += data.toString('utf8');
    for (;;) {
      const end = buffer.indexOf(inData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const part = buffer.slice(0, end);
      buffer = buffer.slice(end + (inData ? 5 : 2));
      if (inData) {
        messages.push({ to, body: part });
        [to, inData] = [[], false];
        socket.write('250 kept\r\n');
      } else command(part);
    }
  });
}

function closeSink(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  for (const socket of open) socket.destroy();
  return new Promise((done) => (server.listening ? server.close(() => done()) : done()));
}

async function startSink(): Promise<Sink> {
  const messages: Sink['messages'] = [];
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    serve(socket, messages);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sink has no port');
  return { port: address.port, messages, close: () => closeSink(server, open) };
}

let dir = '';
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sauro-mail-'));
});
after(() => rm(dir, { recursive: true, force: true }));

const message: Message = { to: { name: 'Nguyễn Văn Mẫu', address: 'mau@xa.example' }, subject: 'Nhắc hạn: 3 việc sắp đến hạn', text: 'Kính gửi ông/bà,\n\nViệc thứ nhất.\n.\nHết.' };
const settings = (): MailSettings => ({ from: { name: 'Sáu Rõ', address: 'sauro@bo.example' }, mailDir: join(dir, 'mail') });
const decoded = (raw: string): string =>
  raw.replace(/\?=\s+=\?/g, '?==?').replace(/=\?UTF-8\?(B|Q)\?([^?]*)\?=/gi, (_, way: string, text: string) =>
    way.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString() : Buffer.from(text.replaceAll('_', ' ').replace(/=([0-9A-F]{2})/g, (_m, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString(),
  );

describe('mail without a server', () => {
  test('each message becomes an .eml file with its headers and letters whole', async () => {
    const mailer = createMailer(settings());
    const sent = await mailer.send({ ...message, messageId: '<nhac-1@bo.example>' });
    assert.ok(sent.ok && sent.value.way === 'file' && sent.value.file !== undefined);
    const raw = decoded(await readFile(sent.value.file, 'utf8'));
    assert.match(raw, /To: "?Nguyễn Văn Mẫu"? <mau@xa\.example>/);
    assert.match(raw, /Subject: Nhắc hạn: 3 việc sắp đến hạn/);
    assert.match(raw, /Message-ID: <nhac-1@bo\.example>/);
    assert.match(raw, /Auto-Submitted: auto-generated/);
    assert.deepEqual((await readdir(join(dir, 'mail'))).filter((name) => !name.endsWith('.eml') || name.startsWith('.')), []);
  });

  test('a line end in a name or subject adds no header, and a list of addresses is refused', async () => {
    const mailer = createMailer(settings());
    const sent = await mailer.send({ ...message, subject: 'x\r\nBcc: kẻ-lạ@xa.example', to: { name: 'a\r\nBcc: b@c', address: 'mau@xa.example' } });
    assert.ok(sent.ok && sent.value.file !== undefined);
    assert.equal(/^Bcc:/im.test(await readFile(sent.value.file, 'utf8')), false);
    for (const address of ['a@b, c@d', 'a', 'a@b\r\nBcc: c@d', '"x" <a@b>', '']) {
      const refused = await mailer.send({ ...message, to: { name: 'x', address } });
      assert.equal(refused.ok ? 'sent' : refused.problem.code, 'mail-address-invalid', address);
    }
  });
});

/** A mailer that talks to a sink; both are closed whatever happens. */
async function withSink(smtp: { readonly requireTls?: boolean; readonly user?: string; readonly password?: string }, use: (mailer: Mailer, sink: Sink) => Promise<void>): Promise<void> {
  const sink = await startSink();
  const mailer = createMailer({ ...settings(), smtp: { host: '127.0.0.1', port: sink.port, ...smtp } });
  try {
    await use(mailer, sink);
  } finally {
    mailer.close();
    await sink.close();
  }
}

describe('mail over SMTP', () => {
  test('the server receives the message, to one person, letters and attachment whole', () =>
    withSink({}, async (mailer, sink) => {
      const ics = new TextEncoder().encode('BEGIN:VCALENDAR');
      const sent = await mailer.send({ ...message, attachments: [{ fileName: 'lịch.ics', contentType: 'text/calendar', bytes: ics }] });
      assert.ok(sent.ok && sent.value.way === 'smtp');
      assert.equal(sink.messages.length, 1);
      assert.deepEqual(sink.messages[0]?.to, ['<mau@xa.example>']);
      const body = sink.messages[0]?.body ?? '';
      assert.match(decoded(body), /Subject: Nhắc hạn/);
      assert.ok(body.includes(Buffer.from(ics).toString('base64')));
    }));

  test('a recipient refused for good is a refusal', () =>
    withSink({}, async (mailer) => {
      const refused = await mailer.send({ ...message, to: { name: 'x', address: 'nobody@xa.example' } });
      assert.equal(refused.ok ? 'sent' : refused.problem.code, 'mail-rejected');
    }));

  test('a recipient refused for now throws, so that the job tries again', () =>
    withSink({}, async (mailer) => {
      await assert.rejects(mailer.send({ ...message, to: { name: 'x', address: 'later@xa.example' } }));
    }));

  test('a server that cannot be reached throws, so that the job tries again', () =>
    withSink({}, async (mailer, sink) => {
      await sink.close();
      await assert.rejects(mailer.send(message));
    }));

  test('a server without TLS gets no message when TLS is demanded, and the message is not lost as refused', () =>
    withSink({ requireTls: true }, async (mailer, sink) => {
      await assert.rejects(mailer.send(message));
      assert.equal(sink.messages.length, 0);
    }));
});
