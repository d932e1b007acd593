// Prometheus's own promtool over the rules that are given as examples, and what the ledger's rule makes of samples.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'winnow-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

const RULES = resolve('examples/winnow-rules.yml');

/** Runs a unit test of promtool's: the ledger's rule on a ledger whose accounts are these. */
async function ledgerRule(accounts: Readonly<Record<string, number>>, alerts: readonly string[]): Promise<string> {
  const series = Object.entries(accounts).map(([labels, value]) => ({
    series: `winnow_ledger_alerts{job="winnow",instance="a",${labels}}`,
    values: `${value}x10`,
  }));
  const expected = alerts.map((instance) => ({
    exp_labels: { severity: 'critical', instance },
    exp_annotations: { summary: "Winnow's ledger does not add up, so an alert may be lost; see /api/v1/ledger." },
  }));
  const test = {
    rule_files: [RULES],
    evaluation_interval: '1m',
    tests: [{ interval: '1m', input_series: series, alert_rule_test: [{ eval_time: '5m', alertname: 'WinnowLedgerDoesNotBalance', exp_alerts: expected }] }],
  };
  const file = join(folder, 'test.yml');
  writeFileSync(file, JSON.stringify(test));
  return (await run('promtool', ['test', 'rules', file])).stdout;
}

describe('the example rules', () => {
  it.each(['examples/winnow-rules.yml', 'examples/prometheus-rules.yml', 'examples/docker/rules.yml'])('of %s are accepted by promtool', async (file) => {
    expect((await run('promtool', ['check', 'rules', file])).stdout).toMatch(/SUCCESS: \d+ rules found/);
  });

  it('alert on a ledger that does not balance, and on no other', async () => {
    const accounts = { 'account="received"': 10, 'account="notified"': 6, 'account="suppressed",reason="rule"': 1, 'account="suppressed",reason="storm"': 3 };
    expect(await ledgerRule(accounts, [])).toContain('SUCCESS');
    expect(await ledgerRule({ ...accounts, 'account="received"': 11 }, ['a'])).toContain('SUCCESS');
  });
});
