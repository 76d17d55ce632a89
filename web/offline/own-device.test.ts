import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chooseOwnDevice, forgetWho, isOwnDevice, keepWho, keptWho } from './own-device.ts';

const shelf = () => {
  const kept = new Map<string, string>();
  return { kept, getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => { kept.set(key, value); }, removeItem: (key: string) => { kept.delete(key); } };
};
const day = 86_400_000;
const at = Date.UTC(2026, 10, 22);

describe('who works on this device, beyond the tab', () => {
  test('nothing is kept on a device nobody called their own', () => {
    const on = shelf();
    keepWho({ account: 'a' }, at, on);
    assert.deepEqual([isOwnDevice(on), keptWho(at, on), on.kept.size], [false, undefined, 0]);
  });
  test('on an own device it opens for thirty days after the server last answered, and no longer', () => {
    const on = shelf();
    chooseOwnDevice(true, on);
    keepWho({ account: 'a' }, at, on);
    assert.deepEqual(keptWho(at + 30 * day, on), { account: 'a' });
    assert.equal(keptWho(at + 30 * day + 1, on), undefined);
    assert.equal(keptWho(at, on), undefined, 'what was too old is gone, also when the clock is set back');
  });
  test('signing out, or the word that it is not one’s own, takes it away', () => {
    const on = shelf();
    chooseOwnDevice(true, on);
    keepWho({ account: 'a' }, at, on);
    forgetWho(on);
    assert.equal(keptWho(at, on), undefined);
    keepWho({ account: 'a' }, at, on);
    chooseOwnDevice(false, on);
    assert.deepEqual([keptWho(at, on), on.kept.size], [undefined, 0]);
  });
  test('what somebody else wrote there is not taken', () => {
    const on = shelf();
    chooseOwnDevice(true, on);
    for (const text of ['', 'null', '{', '{"at":"x","who":{}}', `{"at":${at + 40 * day},"who":{}}`]) {
      on.setItem('sauro.who-works-here', text);
      assert.equal(keptWho(at, on), undefined, text);
    }
  });
});
