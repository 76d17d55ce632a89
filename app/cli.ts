import { configOf, type Config } from '#platform/config.ts';
import { messageFolders, readMessages, sentenceOf } from '#platform/messages.ts';
import { StartRefused } from '#platform/postgres/refusal.ts';
import { helpText } from './help.ts';
import { root, type Base, type Say } from './start.ts';

/** Exit codes of every command: 0 done, 1 refused or found something, 2 wrong use, 3 could not start or read. */
export type Exit = 0 | 1 | 2 | 3;

export type Io = { readonly stdout: (text: string) => void; readonly stderr: (text: string) => void };

const io: Io = { stdout: (text) => process.stdout.write(text), stderr: (text) => process.stderr.write(text) };

/** The command `sauro`. @param args without the program's name @returns the exit code */
export async function main(args: readonly string[]): Promise<number> {
  const [command = 'help', ...rest] = args;
  if (command === 'help' || command === '--help' || command === '-h') return say(helpText(undefined));
  if (rest.includes('--help') || rest.includes('-h')) return say(helpText([command, ...rest].filter((word) => !word.startsWith('-')).slice(0, 2).join(' ')));
  try {
    return await run(command, rest);
  } catch (error) {
    if (error instanceof Error && error.name === 'ProgrammeWrong') {
      io.stderr(`${error.message}\n`);
      return 3;
    }
    if (error instanceof StartRefused) {
      io.stderr(`${error.message}\n`);
      return error.exitCode;
    }
    throw error;
  }
}

async function run(command: string, args: readonly string[]): Promise<number> {
  switch (command) {
    case 'serve':
      return (await import('./serve.ts')).serve(config());
    case 'migrate':
      return withBase(async () => {
        io.stdout('Cơ sở dữ liệu đã ở phiên bản mới nhất. / The database is up to date.\n');
        return 0;
      });
    case 'directives':
      return (await import('#modules/directives/cli.ts')).directivesCommand([...args], io);
    case 'units':
      return withBase(async ({ services }) => (await import('#modules/org-units/cli.ts')).unitsCommand([...args], io, services.db), quiet);
    case 'programme': {
      const { programmeCheckCommand, programmeCommand } = await import('#modules/definitions/cli.ts');
      return (await programmeCheckCommand(args, io)) ?? withBase(({ services }) => programmeCommand(args, io, services.db), quiet);
    }
    case 'import':
      return withBase(async ({ services }) => (await import('#modules/returns/cli.ts')).importCommand([...args], io, services.db), quiet);
    case 'values':
      return withBase(async ({ services }) => (await import('#modules/returns/cli.ts')).valuesCommand([...args], io, services.db), quiet);
    case 'audit':
      return auditCommand(args);
    case 'demo':
      return (await import('./demo-command.ts')).demoCommand(args, config(), io);
    default:
      io.stderr(`Không có lệnh "${command}". / There is no command "${command}".\n\n${helpText(undefined)}`);
      return 2;
  }
}

/** `audit verify FILE` reads an export only: no database is opened, no server trusted. */
async function auditCommand(args: readonly string[]): Promise<number> {
  const { auditVerifyCommand, auditCheckpointCommand, auditExportCommand, namesExport } = await import('#modules/audit/cli.ts');
  const [verb, ...rest] = args;
  if (verb === 'verify' && namesExport(rest)) return auditVerifyCommand([...rest], io);
  if (verb === 'export') return withBase(({ services }) => auditExportCommand([...rest], io, services), quiet);
  if (verb === 'verify') return withBase(({ services }) => auditVerifyCommand([...rest], io, services), quiet);
  if (verb === 'checkpoint') return withBase(({ services }) => auditCheckpointCommand([...rest], io, services), quiet);
  io.stderr(helpText('audit'));
  return 2;
}

function config(): Config {
  const read = configOf(process.env, root);
  if (read.ok) return read.value;
  const sentence = sentenceOf(readMessages(messageFolders(root)));
  io.stderr(`${sentence(read.problem.code, read.problem, 'vi')}\n${sentence(read.problem.code, read.problem, 'en')}\n`);
  process.exit(2);
}

const quiet: Say = () => undefined;
const aloud: Say = ({ vi, en }) => io.stderr(`${vi} · ${en}\n`);

/** Opens the database for one command; beside a running product, that product's own. */
async function withBase(work: (base: Base) => Promise<number>, sayTo: Say = aloud): Promise<number> {
  const { attachBase, openBase } = await import('./start.ts');
  const settings = config();
  const base = await openBase(settings, sayTo).catch(async (error: unknown) => {
    const running = error instanceof StartRefused && error.problem.code === 'database-in-use' ? await attachBase(settings) : undefined;
    if (running === undefined) throw error;
    return running;
  });
  try {
    return await work(base);
  } finally {
    await base.stop();
  }
}

function say(text: string): Exit {
  io.stdout(text);
  return 0;
}
