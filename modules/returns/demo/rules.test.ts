/** The made-up returns are checked by the programme's own rules, as a clerk's would be. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { daysOf, periodRange } from '#kernel/period.ts';
import { builtInProgramme, loadProgramme, programmeOn, slotsOf } from '#modules/definitions/index.ts';
import { definitions } from '#modules/definitions/module.ts';
import { orgUnits } from '#modules/org-units/module.ts';
import { identity } from '#modules/identity/module.ts';
import { testServer } from '#platform/testing/test-server.ts';
import { formOf, type Form } from '../rules/form.ts';
import { brokenRules } from '../rules/validation.ts';
import { beginLife, liveMonth, type Figures } from './commune.ts';
import { facilityMonth, policeMonth, provinceQuarter } from './province.ts';

const months = periodRange('2024-12', '2026-11');
const seed = { code: '38', communes: 166, residents: 4_000_000 };
const residents = { residents: 20_000 };

test('no made-up return breaks a hard rule of the programme', async () => {
  const site = await testServer([orgUnits, identity, definitions], { name: 'demorules', fill: async (db) => { await loadProgramme(db, await builtInProgramme(), { note: 'test', by: 'test' }); } });
  try {
    const forms = await site.db.read('system', async (tx) => {
      const slots = await slotsOf(tx);
      const made = new Map<string, Form>();
      for (const [dataSet, periods] of [['xa-thang', months], ['co-so-thang', months], ['tinh-vu-an', months], ['tinh-quy', ['2025-Q1', '2025-Q2', '2025-Q3', '2026-Q3']]] as const) for (const period of periods) {
        const programme = await programmeOn(tx, daysOf(period, { startDay: 15 }).last);
        const form = formOf(programme, dataSet, period, slots.of(dataSet));
        assert.ok(form.ok, `${dataSet} ${period}`);
        made.set(`${dataSet}/${period}`, form.value);
      }
      return made;
    });
    const broken = new Map<string, number>();
    let soft = 0;
    let checked = 0;
    const check = (dataSet: string, periods: readonly string[], figures: (period: string) => Figures): void => {
      const history = new Map<string, (number | null)[]>();
      for (const period of periods) {
        const form = forms.get(`${dataSet}/${period}`);
        assert.ok(form);
        const vals = new Array<number | null>(form.length).fill(null);
        const shown = figures(period);
        for (const { slot, cell, element } of form.slots.values()) vals[slot - 1] = shown[cell === '' ? element.id : `${element.id}.${cell}`] ?? null;
        assert.deepEqual(form.compulsory.filter((slot) => vals[slot - 1] === null), [], `${dataSet} ${period}: compulsory cells`);
        for (const { rule, left, right } of brokenRules(form, vals, { attributes: residents, ancestors: [], groups: [] }, history)) {
          if (rule.severity === 'soft') soft += 1; else broken.set(`${rule.id}: ${left} ${rule.operator} ${right}`, (broken.get(rule.id) ?? 0) + 1);
        }
        history.set(period, vals);
        checked += 1;
      }
    };
    for (let i = 0; i < 60; i += 1) {
      const commune = { code: String(20_000 + i * 13), kind: i % 4 === 0 ? 'ward' : 'commune', province: '38', residents: 4000 + i * 900 };
      const life = beginLife(commune);
      check('xa-thang', months, (period) => liveMonth(life, commune, period));
    }
    check('co-so-thang', months, (period) => facilityMonth(seed, period));
    check('tinh-vu-an', months, (period) => policeMonth(seed, period));
    check('tinh-quy', ['2025-Q1', '2025-Q2', '2025-Q3', '2026-Q3'], (period) => provinceQuarter(seed, period));
    assert.deepEqual([...broken].slice(0, 12), []);
    assert.ok(soft < checked * 0.25, `${soft} soft violations in ${checked} returns`);
  } finally {
    await site.close();
  }
});
