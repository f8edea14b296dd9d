import { hungStatus } from './run-visibly.js';

/** What one part of `npm test` came to. */
export interface PartResult {
  readonly part: string;
  readonly passed: number;
  readonly skipped: number;
  /** One line for each failure. */
  readonly failures: readonly string[];
}

/** The parts of Jest's `--json` report that are read here. */
export interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/**
 * Counts a Jest run so that nothing can fail unseen: a suite that failed without a failed test (it did not load, or its
 * tear-down threw) counts one, and so does a run that crashed, ran no test, or ended badly though every test passed.
 * @param report undefined when Jest wrote none.
 */
export function countJestRun(part: string, report: JestReport | undefined, exitStatus: number): PartResult {
  if (report === undefined) return failedPart(part, `the run crashed (exit status ${exitStatus})`);
  const tests = report.testResults.flatMap((suite) =>
    suite.assertionResults.map((test) => ({ ...test, suite: suite.name })),
  );
  const withStatus = (...statuses: string[]): typeof tests =>
    tests.filter(({ status }) => statuses.includes(status));
  const failures = [
    ...withStatus('failed').map(({ suite, fullName }) => `${part}: ${fullName} (${suite})`),
    ...report.testResults
      .filter(failedByItself)
      .map(({ name, message }) => `${part}: ${name}: ${firstLine(message)}`),
  ];
  if (tests.length === 0 && failures.length === 0) failures.push(`${part}: no test was run`);
  if (exitStatus === hungStatus) {
    failures.push(`${part}: Jest did not end by itself: a spec left something open`);
  }
  if (exitStatus !== 0 && failures.length === 0)
    failures.push(`${part}: Jest ended with exit status ${exitStatus}`);
  return {
    part,
    passed: withStatus('passed').length,
    skipped: withStatus('pending', 'skipped', 'todo', 'disabled').length,
    failures,
  };
}

/** A check that passes or fails as a whole (lint, formatting, types). */
export const countCheck = (part: string, exitStatus: number): PartResult =>
  exitStatus === 0
    ? { part, passed: 1, skipped: 0, failures: [] }
    : failedPart(part, `exit status ${exitStatus}`);

export interface Summary {
  /** All that is printed at the end; the last line is the count. */
  readonly lines: readonly string[];
  readonly exitStatus: 0 | 1;
}

/** In CI a promise that was not checked is a broken one: skipped tests then fail the run. */
export function summarize(parts: readonly PartResult[], { inCi }: { readonly inCi: boolean }): Summary {
  const sum = (of: (part: PartResult) => number): number =>
    parts.reduce((total, part) => total + of(part), 0);
  const skipped = sum((part) => part.skipped);
  const failed = sum((part) => part.failures.length);
  const isSkippedFailure = inCi && skipped > 0;
  const names = parts.flatMap((part) => part.failures);
  return {
    lines: [
      ...(names.length > 0 ? ['', 'Failed:', ...names.map((name) => `  ${name}`), ''] : []),
      ...(isSkippedFailure
        ? [`CI=true, and ${skipped} tests were skipped: in CI nothing may be skipped.`]
        : []),
      `${sum((part) => part.passed)} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    ],
    exitStatus: failed > 0 || isSkippedFailure ? 1 : 0,
  };
}

type Suite = JestReport['testResults'][number];

const failedByItself = ({ status, assertionResults }: Suite): boolean =>
  status === 'failed' && !assertionResults.some((test) => test.status === 'failed');

const failedPart = (part: string, why: string): PartResult => ({
  part,
  passed: 0,
  skipped: 0,
  failures: [`${part}: ${why}`],
});

/** Jest colours its messages; the first line that says something is enough here, the rest stands above. */
function firstLine(message: string): string {
  const plain = message.replace(/\u001b\[[0-9;]*m/g, '');
  const lines = plain.split('\n').map((line) => line.trim());
  return lines.find((line) => line !== '') ?? 'the suite failed';
}
