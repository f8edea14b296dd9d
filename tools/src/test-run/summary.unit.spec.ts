import { countCheck, countJestRun, summarize, type JestReport } from './summary.js';

const report = (...suites: Partial<JestReport['testResults'][number]>[]): JestReport => ({
  testResults: suites.map((suite) => ({
    ...{ name: 'a.spec.ts', status: 'passed', message: '', assertionResults: [] },
    ...suite,
  })),
});
const test = (status: string, fullName = 'a promise') => ({ status, fullName });

describe('a Jest run', () => {
  it('counts its tests', () => {
    const tests = [test('passed'), test('passed'), test('pending'), test('todo')];
    expect(countJestRun('unit', report({ assertionResults: tests }), 0)).toEqual({
      ...{ part: 'unit', passed: 2, skipped: 2, failures: [] },
    });
  });

  it('names the failed tests', () => {
    const suite = { status: 'failed', assertionResults: [test('passed'), test('failed', 'is kept')] };
    expect(countJestRun('unit', report(suite), 1)).toMatchObject({
      ...{ passed: 1, failures: ['unit: is kept (a.spec.ts)'] },
    });
  });

  it('counts a suite that did not load as one failure', () => {
    const suite = { status: 'failed', message: '\u001b[31m  Cannot find module x\u001b[0m\nat y' };
    expect(countJestRun('int', report(suite), 1).failures).toEqual(['int: a.spec.ts: Cannot find module x']);
  });

  it('counts a tear-down that failed although every test passed', () => {
    const suite = { status: 'failed', message: 'afterAll threw', assertionResults: [test('passed')] };
    expect(countJestRun('int', report(suite), 1)).toMatchObject({
      passed: 1,
      failures: ['int: a.spec.ts: afterAll threw'],
    });
  });

  it.each([
    ['wrote no report', undefined, 137, 'e2e: the run crashed (exit status 137)'],
    ['ran no test', report(), 0, 'e2e: no test was run'],
    [
      'never ended',
      report({ assertionResults: [test('passed')] }),
      124,
      'e2e: Jest did not end by itself: a spec left something open',
    ],
    ['ended badly', report({ assertionResults: [test('passed')] }), 1, 'e2e: Jest ended with exit status 1'],
  ])('fails when it %s', (_name, given, exitStatus, failure) => {
    expect(countJestRun('e2e', given, exitStatus).failures).toEqual([failure]);
  });
});

describe('the last line', () => {
  const passed = countCheck('lint', 0);

  it('adds up tests and checks', () => {
    const unit = { part: 'unit', passed: 41, skipped: 0, failures: [] };
    expect(summarize([passed, unit], { inCi: false })).toEqual({
      lines: ['42 passed, 0 failed'],
      exitStatus: 0,
    });
  });

  it('comes after the names of what failed', () => {
    const { lines, exitStatus } = summarize([passed, countCheck('format', 2)], { inCi: false });
    expect(lines).toEqual(['', 'Failed:', '  format: exit status 2', '', '1 passed, 1 failed']);
    expect(exitStatus).toBe(1);
  });

  const withSkipped = { part: 'e2e', passed: 3, skipped: 2, failures: [] };

  it('tells skipped tests, which do not fail a developer’s run', () => {
    expect(summarize([withSkipped], { inCi: false })).toEqual({
      lines: ['3 passed, 0 failed, 2 skipped'],
      exitStatus: 0,
    });
  });

  it('fails in CI when anything was skipped', () => {
    const { lines, exitStatus } = summarize([withSkipped], { inCi: true });
    expect(exitStatus).toBe(1);
    expect(lines).toEqual([
      'CI=true, and 2 tests were skipped: in CI nothing may be skipped.',
      '3 passed, 0 failed, 2 skipped',
    ]);
  });
});
