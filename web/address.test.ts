import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addressOf } from './api.ts';
import { readScope, withQuery } from './address.ts';
import { addressIn, languageOfAddress } from './shell/language.ts';

describe('the address of a view', () => {
  test('names province, commune and day', () => assert.deepEqual(readScope('pham-vi=01-00004&ngay=2025-07-01'), { province: '01', commune: '00004', asOf: '2025-07-01' }));
  test('a malformed scope is as if it were not there', () => {
    for (const search of ['pham-vi=1', "pham-vi=01-'or'", 'pham-vi=', 'ngay=2025-02-30']) assert.deepEqual(readScope(search), { province: undefined, commune: undefined, asOf: undefined }, search);
  });
  test('a filter is set and taken away without touching the others', () => {
    assert.equal(withQuery('/chi-dao?loc=tre&pham-vi=01', { loc: undefined, tim: 'hòa' }), '/chi-dao?pham-vi=01&tim=h%C3%B2a');
    assert.equal(withQuery('/chi-dao?loc=tre', { loc: '' }), '/chi-dao');
  });
});

describe('two languages, the same paths', () => {
  test('/en is English, everything else Vietnamese', () => {
    assert.deepEqual(['/en', '/en/viec', '/viec', '/', '/enviro'].map(languageOfAddress), ['en', 'en', 'vi', 'vi', 'vi']);
  });
  test('the switch keeps page and query', () => {
    assert.equal(addressIn('en', '/chi-dao/12', '?loc=tre'), '/en/chi-dao/12?loc=tre');
    assert.equal(addressIn('vi', '/en/chi-dao/12', ''), '/chi-dao/12');
    assert.equal(addressIn('en', '/en', ''), '/en/');
  });
});

describe('the address of a call', () => {
  test('parameters are escaped, so that none can leave its place in the path', () => {
    assert.equal(addressOf({ path: '/units/:code' }, { params: { code: '../../x?y' } }), '/api/units/..%2F..%2Fx%3Fy');
  });
  test('absent values are left out, lists are repeated', () => {
    assert.equal(addressOf({ path: '/tasks' }, { query: { q: 'a b', none: undefined, state: ['x', 'y'] } }), '/api/tasks?q=a+b&state=x&state=y');
  });
});
