import { join } from 'node:path';
import type { MailSettings } from './mailer.ts';

/**
 * Mail settings of the installation. `SAURO_SMTP_URL` (smtp:// or smtps://, with user and password where the server asks for
 * them) names a server and `SAURO_MAIL_FROM` the sender; without a server every message is written to `mail/` in the data folder.
 */
export function mailSettingsOf(env: Readonly<Record<string, string | undefined>>, dataDir: string, publicUrl: string): MailSettings {
  const host = URL.canParse(publicUrl) ? new URL(publicUrl).hostname : 'localhost';
  const from = { name: 'Sáu Rõ', address: env['SAURO_MAIL_FROM'] ?? `sauro@${host.includes('.') ? host : 'sauro.invalid'}` };
  const mailDir = join(dataDir, 'mail');
  const url = env['SAURO_SMTP_URL'];
  if (url === undefined || !URL.canParse(url)) return { from, mailDir };
  const server = new URL(url);
  const secure = server.protocol === 'smtps:';
  return {
    from, mailDir,
    smtp: {
      host: server.hostname, port: server.port === '' ? (secure ? 465 : 587) : Number(server.port), secure,
      ...(server.username === '' ? {} : { user: decodeURIComponent(server.username), password: decodeURIComponent(server.password) }),
    },
  };
}
