import { networkInterfaces } from 'node:os';
import type { Config } from '#platform/config.ts';
import { assertPortFree } from '#platform/http/port.ts';
import { ensureWebBuilt } from '../tools/build-web.ts';
import { openServer } from './database.ts';
import type { Product, Say } from './start.ts';

const say: Say = ({ vi, en }) => console.log(`  ${vi} · ${en}`);

/** Runs the product until it is told to stop. */
export async function serve(config: Config): Promise<number> {
  const begun = performance.now();
  console.log('Sáu Rõ');
  await assertPortFree(config.port, config.host);
  const [opening, building] = [openServer(config, say), ensureWebBuilt((line) => say({ vi: line, en: line }))];
  for (const one of [opening, building]) one.catch(() => undefined); // thrown where it is awaited
  const { startProduct } = await import('./start.ts'); // the modules are read while the database starts
  const product = await startProduct(config, say, { opening, building });
  // A promise that nobody waited for must not end the service for everybody; it is a fault and is logged as one.
  process.on('unhandledRejection', (fault) => product.services.logger.error({ event: 'unhandled', fault: fault instanceof Error ? fault.stack : String(fault) }));
  await announce(config, product, (performance.now() - begun) / 1000);
  await untilToldToStop();
  console.log('  Đang dừng… · Stopping…');
  await product.stop();
  return 0;
}

async function announce(config: Config, product: Product, seconds: number): Promise<void> {
  const port = Number(new URL(product.address).port);
  const address = config.host === '127.0.0.1' || config.host === '::1' ? `http://localhost:${port}` : `http://${firstAddress()}:${port}`;
  console.log(`\n  Sẵn sàng sau ${seconds.toFixed(1)} giây · Ready in ${seconds.toFixed(1)} s`);
  console.log(`\n  Mở · Open   ${address}\n`);
  if (config.mode === 'demonstration') {
    console.log(product.services.synthetic ? '  Dữ liệu trình diễn, tổng hợp, không phản ánh thực tế · Demonstration data, synthetic' : '  Dữ liệu nhập từ hệ thống khác · Data imported from another system');
    console.log('  Đăng nhập thử · Demonstration sign-ins:');
    const { demonstrationSignIns } = await import('./demo.ts');
    for (const { role, userName, password } of await demonstrationSignIns(product.services)) console.log(`    ${role.padEnd(44)} ${userName.padEnd(22)} ${password}`);
    return;
  }
  const { firstAdministratorLink } = await import('#modules/identity/index.ts');
  const link = await firstAdministratorLink(product.services, address);
  if (link !== undefined) console.log(`  Liên kết một lần cho quản trị viên đầu tiên (24 giờ) · One-time link for the first administrator (24 h):\n    ${link}`);
}

function firstAddress(): string {
  const found = Object.values(networkInterfaces()).flat().find((address) => address?.family === 'IPv4' && !address.internal);
  return found?.address ?? 'localhost';
}

const untilToldToStop = (): Promise<void> => new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
});
