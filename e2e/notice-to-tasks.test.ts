import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStage, root, type Seat } from './harness.ts';
import { countHandwork, figureIn, notice, paste, seatOf } from './steps.ts';

const { product, browser } = await openStage();
const folder = await mkdtemp(join(tmpdir(), 'sauro-journey-'));
after(() => rm(folder, { recursive: true, force: true }));

const number = '00/TB-VPCP';
const seats: Seat[] = [];
const sit = async (userName: string, path?: string): Promise<Page> => {
  const seat = await seatOf(browser, product, userName, path);
  seats.push(seat);
  return seat.page;
};
const move = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByText(`Đã ghi: ${name}`).waitFor();
};
/** Opens the row of the list on the page that belongs to this directive and line. */
const openTask = async (page: Page, line: string): Promise<void> => {
  await page.getByRole('row').filter({ hasText: number }).filter({ hasText: line }).getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name: new RegExp(`^${line}`) }).waitFor();
};
const sauro = (args: readonly string[]): Promise<{ readonly status: number | null; readonly output: string }> => new Promise((resolve) => {
  const child = spawn(process.execPath, ['app/bin.js', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  child.on('close', (status) => resolve({ status, output }));
});

describe('from the text of a notice to tasks that are done and proven', () => {
  let directive = '';
  let communeTask = '';

  test('a person pastes the notice and 34 provinces and 3,321 communes have their tasks after at most 12 clicks', async () => {
    const page = await sit('vpcp');
    const handwork = await countHandwork(page.context(), page);
    await page.getByRole('link', { name: 'Tạo từ văn bản' }).click();
    await page.getByLabel('Dán văn bản').focus();
    await paste(page, notice);
    await page.getByRole('button', { name: 'Đọc văn bản' }).click();
    await page.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Số nơi nhận theo nhiệm vụ').waitFor();
    const facts = await dialog.locator('.facts').innerText();
    assert.match(facts, /Tỉnh, thành phố\s+34\s/);
    assert.match(facts, /Xã, phường, đặc khu\s+3\.321\s/);
    const tasks = figureIn(facts, /Nhiệm vụ\s+([\d.]+)/);
    await dialog.getByRole('button', { name: /^Giao [\d.]+ nhiệm vụ$/ }).click();
    await page.getByRole('heading', { name: 'Diễn biến' }).waitFor();
    await page.getByText(/^Đã tới đủ 35 nơi/).waitFor({ timeout: 120_000 });
    const clicks = await handwork();
    assert.ok(clicks > 0 && clicks <= 12, `${clicks} clicks`);
    directive = page.url();
    await page.reload();
    await page.getByText(/nhiệm vụ đã giao tới từng nơi/).waitFor();
    assert.equal(figureIn(await page.locator('.facts').first().innerText(), /([\d.]+) nhiệm vụ đã giao/), tasks);
    assert.ok(tasks >= 34 + 3321);
  });

  test('a province acknowledges', async () => {
    const page = await sit('tinh01', '/viec?nhom=later');
    await openTask(page, 'NV-05');
    await move(page, 'Nhận nhiệm vụ');
    await page.getByText('Đã nhận', { exact: true }).first().waitFor();
  });

  test('a commune reports with a file', async () => {
    const page = await sit('xa00004.canbo', '/viec?nhom=later');
    await openTask(page, 'NV-05');
    communeTask = page.url();
    await move(page, 'Nhận nhiệm vụ');
    await page.getByRole('button', { name: 'Thêm minh chứng' }).click();
    const evidence = join(folder, 'danh-sach.txt');
    await writeFile(evidence, 'Danh sách địa điểm cần quan tâm (mẫu)\n');
    await page.locator('input[type=file]').setInputFiles(evidence);
    await page.getByLabel('Số, ký hiệu văn bản').fill('01/DS-UBND');
    await page.locator('form').getByRole('button', { name: 'Thêm minh chứng' }).click();
    await page.getByText('Thêm tài liệu kiểm chứng').waitFor();
    await page.getByRole('button', { name: /danh-sach\.txt/ }).waitFor();
    await move(page, 'Nộp kết quả');
    assert.equal(await page.getByRole('button', { name: 'Xác nhận đã kiểm tra' }).count(), 0, 'the reporter does not check the own report');
  });

  test('R16: other persons verify and accept', async () => {
    const secretary = await sit('tinh01.thuky', '/viec?nhom=verify');
    await secretary.goto(communeTask);
    await move(secretary, 'Xác nhận đã kiểm tra');
    const leader = await sit('tinh01', '/viec');
    await leader.goto(communeTask);
    await move(leader, 'Nghiệm thu');
    await leader.getByText('Đã nghiệm thu').first().waitFor();
    await leader.getByRole('link', { name: 'Mở nhiệm vụ cấp trên' }).click();
    await leader.getByRole('heading', { name: 'Nhiệm vụ đã giao xuống' }).waitFor();
    const facts = await leader.locator('.pairs').allInnerTexts();
    assert.match(facts.join('\n'), /\(1\/126\)/, 'the progress of the province is counted from its communes');
  });

  test('the progress of the directive moves', async () => {
    const page = await sit('vpcp', '/chi-dao');
    await page.goto(directive);
    await page.getByText(/^1\/3\.\d{3} nhiệm vụ/).waitFor();
    await page.getByRole('row').filter({ hasText: 'NV-05' }).getByText(/^1\/3\.355/).waitFor();
    await page.locator('#di-xuong').getByText(/1 trên 3\.321 đã hoàn thành/).first().waitFor();
  });

  test('the audit log proves it: inclusion computed in the browser, the export verified without the server', async () => {
    const task = communeTask.split('/').at(-1) ?? '';
    const page = await sit('kiemtoan', `/kiem-toan?doi-tuong=${task}`);
    await page.getByRole('cell', { name: 'Xác minh kết quả' }).first().waitFor();
    await page.getByRole('row').filter({ hasText: 'Xác minh kết quả' }).getByRole('button', { name: /Xem và kiểm chứng/ }).click();
    const drawer = page.getByRole('dialog');
    const sound = drawer.getByText(/^Đúng: dòng này nằm ở vị trí/);
    for (let tries = 0; tries < 30 && (await sound.count()) === 0; tries += 1) {
      await page.waitForTimeout(3000);
      await page.reload();
      await drawer.getByText(/^(Đúng|SAI|Chưa kiểm chứng được)/).waitFor();
    }
    assert.equal(await sound.count(), 1, await drawer.innerText());
    await page.goto(`${product.address}/kiem-toan?nhat-ky=01`);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Tải bản xuất để kiểm chứng nơi khác' }).click();
    const file = join(folder, 'nhat-ky-01.txt');
    await (await saved).saveAs(file);
    const verified = await sauro(['audit', 'verify', file, '--log=01']);
    assert.equal(verified.status, 0, verified.output);
  });

  test('nobody met a fault of the page on the way', () => {
    assert.deepEqual(seats.flatMap((seat) => seat.faults), []);
  });
});
