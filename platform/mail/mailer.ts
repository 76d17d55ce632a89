import { randomUUID } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { ok, refuse, type Result } from '#kernel/result.ts';

/** One message to one person. No copies: who else gets a reminder is nobody's business. */
export type Message = {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Stable for one message: sent again after a crash, it is the same message to the reader's program. */
  readonly messageId?: string;
  readonly attachments?: readonly { readonly fileName: string; readonly contentType: string; readonly bytes: Uint8Array }[];
};

/** @property secure TLS from the first byte (port 465); otherwise STARTTLS is used when offered, and demanded when `requireTls` */
export type SmtpSettings = {
  readonly host: string;
  readonly port: number;
  readonly secure?: boolean;
  readonly requireTls?: boolean;
  readonly user?: string;
  readonly password?: string;
};

/** @property mailDir where messages are written as .eml when there is no SMTP server */
export type MailSettings = {
  readonly from: { readonly name: string; readonly address: string };
  readonly smtp?: SmtpSettings;
  readonly mailDir: string;
};

export type MailRefusal =
  | { readonly code: 'mail-address-invalid'; readonly address: string }
  /** The server said no for good (5xx): sending again will not help. */
  | { readonly code: 'mail-rejected'; readonly reply: string };

export type SentMail = { readonly messageId: string; readonly way: 'smtp' | 'file'; readonly file?: string };

/** Throws when the server cannot be reached or answers 4xx: the job that called tries again later. */
export type Mailer = { readonly send: (message: Message) => Promise<Result<SentMail, MailRefusal>>; readonly close: () => void };

/** One address of the plain form; no comments, no quotes, no line ends by which a header could be smuggled in. */
const isAddress = (address: string): boolean => address.length <= 254 && /^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),:;\\[\]]{1,190}$/.test(address);
const oneLine = (text: string): string => text.replace(/[\0-\x1f\x7f\u2028\u2029]+/g, ' ').trim();

function options(settings: MailSettings, message: Message, messageId: string): Record<string, unknown> {
  return {
    from: { name: oneLine(settings.from.name), address: settings.from.address },
    to: { name: oneLine(message.to.name), address: message.to.address },
    subject: oneLine(message.subject),
    text: message.text,
    messageId,
    headers: { 'Auto-Submitted': 'auto-generated' },
    // content is given as bytes; a message never makes the mailer read a file or fetch an address
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(message.html === undefined ? {} : { html: message.html }),
    attachments: (message.attachments ?? []).map((file) => ({ filename: oneLine(file.fileName), contentType: file.contentType, content: Buffer.from(file.bytes) })),
  };
}

async function writeMessage(dir: string, raw: Buffer): Promise<string> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const name = `${new Date().toISOString().replace(/[:.]/g, '-')}-${randomUUID().slice(0, 8)}.eml`;
  const unfinished = join(dir, `.${name}`);
  const handle = await open(unfinished, 'wx', 0o600);
  try {
    await handle.writeFile(raw);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(unfinished, join(dir, name));
  return join(dir, name);
}

function fileMailer(settings: MailSettings): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(message) {
      if (!isAddress(message.to.address)) return refuse({ code: 'mail-address-invalid', address: message.to.address.slice(0, 100) });
      const messageId = message.messageId ?? `<${randomUUID()}@${settings.from.address.split('@')[1] ?? 'localhost'}>`;
      const sent = await transport.sendMail(options(settings, message, messageId));
      if (!Buffer.isBuffer(sent.message)) throw new Error('the message was not built');
      return ok({ messageId, way: 'file', file: await writeMessage(settings.mailDir, sent.message) });
    },
    close: () => transport.close(),
  };
}

const timeoutMs = 20_000;

/** A 5xx answer to this recipient or this message. One to sign-in or to STARTTLS is a fault of the settings, not of the message. */
const isRefusedForGood = (error: Error): boolean =>
  'code' in error && (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') && 'responseCode' in error && Number(error.responseCode) >= 500;

function smtpMailer(settings: MailSettings, smtp: SmtpSettings): Mailer {
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure === true,
    requireTLS: smtp.requireTls === true,
    ...(smtp.user === undefined ? {} : { auth: { user: smtp.user, pass: smtp.password ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  });
  return {
    async send(message) {
      if (!isAddress(message.to.address)) return refuse({ code: 'mail-address-invalid', address: message.to.address.slice(0, 100) });
      const messageId = message.messageId ?? `<${randomUUID()}@${settings.from.address.split('@')[1] ?? 'localhost'}>`;
      try {
        await transport.sendMail(options(settings, message, messageId));
        return ok({ messageId, way: 'smtp' });
      } catch (error) {
        if (!(error instanceof Error) || !isRefusedForGood(error)) throw error;
        return refuse({ code: 'mail-rejected', reply: error.message.slice(0, 300) });
      }
    },
    close: () => transport.close(),
  };
}

/** A mailer over SMTP; without SMTP settings each message becomes an .eml file that any mail program opens. */
export const createMailer = (settings: MailSettings): Mailer => (settings.smtp === undefined ? fileMailer(settings) : smtpMailer(settings, settings.smtp));
