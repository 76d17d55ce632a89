import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looksPersonal } from './personal.ts';

test('E1: identity and telephone numbers are known however they are written, also beside money, years and other numbers', () => {
  for (const text of [
    'CCCD 001099012345', 'gọi 0912 345 678', '+84 912.345.678', 'CMND 123456789', 'CMND 123 456 789', '84912345678',
    '0912345678 đồng chí Hùng', '0912345678 đồng', '0912345678 0987654321', 'năm 2025 0912345678', '(028) 3829 1234', '0912/345/678', '0912_345_678', '０９１２３４５６７８', '0912  345  678',
    '0912,345,678', '0912\u200b345\u200b678', '12 0912 345 678', '0912.345.678 đồng', '0912 345 678 triệu', '0 9 1 2 3 4 5 6 7 8', '001 099 012 345', 'ngày 15/10/2026 0912345678', '1.000 đồng 0912345678',
  ]) assert.ok(looksPersonal(text), text);
});
test('amounts, days, years and counts are no numbers of a person', () => {
  for (const text of [
    'Chi 1.250.000.000 đồng trong 2025-2026, 34 điểm', '125.000.000.000 đồng', '12,5 tỷ', 'năm 2025 1.250.000.000 đồng', '1250000000 VND', '125 000 000 đ', 'từ 15/10/2026 đến 14/11/2026', '05/10/2026 - 14/11/2026', '2026-10-15 2026-11-14',
    '12, 15, 18, 20, 9', '2024 2025 2026', 'Nghị quyết 123/2025/NQ-CP', '34 xã, 3.321 xã cả nước', '1.024.500.000 đồng', 'đã kiểm tra lại', '',
  ]) assert.ok(!looksPersonal(text), text);
});
