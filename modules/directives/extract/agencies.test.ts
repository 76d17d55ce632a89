import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agencyRegistry, existedOn, findAgency } from '#modules/org-units/registry/index.ts';
import { AgencyFinder } from './agencies.ts';

const finder = new AgencyFinder();
const ids = (text: string) => finder.findIn(text).map((mention) => mention.id ?? mention.kind);
const texts = (text: string) => finder.findIn(text).map((mention) => mention.text);

test('ministries are found by name, old and new, in either spelling of the tone and in capitals', () => {
  assert.deepEqual(ids('Bộ Công an, BỘ Y TẾ và Bộ Lao động-Thương binh và Xã hội'), ['BCA', 'BYT', 'BLDTBXH']);
  assert.deepEqual(ids('Uỷ ban nhân dân cấp xã'), ['UBND-XA']);
});

test('a list after "các Bộ" names each ministry', () => {
  assert.deepEqual(ids('Giao các Bộ: Giao thông vận tải, Tài chính, Kế hoạch và Đầu tư nghiên cứu'), ['BGTVT', 'BTC', 'BKHDT']);
  assert.deepEqual(ids('the ministries of Education and Training and Public Security'), ['BGDDT', 'BCA']);
  assert.deepEqual(ids('Giám đốc các Sở Y tế, Tài chính'), ['SYT', 'STC']);
});

test('the longest name wins: the Office of the Government is not the Government', () => {
  assert.deepEqual(ids('Văn phòng Chính phủ báo cáo Thủ tướng Chính phủ'), ['VPCP', 'PM']);
  assert.deepEqual(ids('Văn phòng UBND tỉnh'), ['VP-UBND']);
});

test('a place belongs to the name of a provincial body', () => {
  assert.deepEqual(texts('Công an tỉnh Nghệ An chủ trì'), ['Công an tỉnh Nghệ An']);
});

test('a body that the registry does not know is found by its form, and ends before the verb', () => {
  assert.deepEqual(texts('Cục Quản lý lao động ngoài nước chủ trì rà soát'), ['Cục Quản lý lao động ngoài nước']);
});

test('those concerned are nobody in particular', () => {
  assert.deepEqual(ids('phối hợp với các cơ quan liên quan và các Bộ liên quan'), ['related', 'related']);
});

test('number of a document and plain words name no agency', () => {
  assert.deepEqual(ids('Thông tư số 08/2021/TT-BCA; Quyết định 163/QĐ-TTg; tổ chức hội nghị, ban hành bộ chỉ số'), []);
});

test('the registry holds each id once, and successors that exist', () => {
  assert.equal(new Set(agencyRegistry.map((agency) => agency.id)).size, agencyRegistry.length);
  for (const agency of agencyRegistry) for (const next of agency.successors ?? []) assert.ok(findAgency(next), `${agency.id} -> ${next}`);
});

test('a name stands for one agency only', () => {
  const seen = new Map<string, string>();
  for (const agency of agencyRegistry) {
    for (const name of [...agency.vi, ...(agency.en ?? [])]) {
      const key = name.toLowerCase();
      assert.ok((seen.get(key) ?? agency.id) === agency.id, `${name}: ${seen.get(key)} and ${agency.id}`);
      seen.set(key, agency.id);
    }
  }
});

test('the Government of March 2025 has 14 ministries and 3 agencies of ministerial rank', () => {
  const today = agencyRegistry.filter((agency) => existedOn(agency, '2026-01-01'));
  assert.equal(today.filter((agency) => agency.kind === 'ministry').length, 14);
  assert.equal(today.filter((agency) => agency.kind === 'ministerial-agency').length, 3);
});
