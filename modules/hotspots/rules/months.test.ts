import assert from 'node:assert/strict';
import { test } from 'node:test';
import { monthsFrom } from './months.ts';

test('days are counted in their months; what stood before the first month is in what is left', () => {
  const spans = [{ period: '2026-01', first: '2025-12-15', last: '2026-01-14' }, { period: '2026-02', first: '2026-01-15', last: '2026-02-14' }];
  const days = [
    { day: '2025-06-01', listed: 3, removed: 0, recurred: 0, change: 3 }, { day: '2025-12-14', listed: 0, removed: 1, recurred: 0, change: -1 }, { day: '2025-12-15', listed: 2, removed: 0, recurred: 0, change: 2 },
    { day: '2026-01-14', listed: 0, removed: 1, recurred: 0, change: -1 }, { day: '2026-01-15', listed: 0, removed: 0, recurred: 1, change: 1 }, { day: '2026-02-15', listed: 9, removed: 0, recurred: 0, change: 9 },
  ];
  assert.deepEqual(monthsFrom(days, spans), [{ period: '2026-01', listed: 2, removed: 1, recurred: 0, left: 3 }, { period: '2026-02', listed: 0, removed: 0, recurred: 1, left: 4 }]);
});
