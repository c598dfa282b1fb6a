/** A checker's finding passes when it is explained, and an explanation goes when its finding does. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { judge, readExceptions } from '../lint/exceptions.ts';

const test = suite('exceptions');

const LIMIT = { check: 'resources', summary: 'no limit', where: 'StatefulSet/db mysql' };
const ROOT_USER = { check: 'user', summary: 'runs as root', where: 'StatefulSet/db agent' };

test('what no exception names is unexplained', () => {
  const { unexplained, stale } = judge([LIMIT, ROOT_USER], [{ check: 'resources', summary: 'no limit', because: 'x' }]);
  assert.equal(unexplained, [ROOT_USER]);
  assert.equal(stale, []);
});

test('an exception for one place explains no other', () => {
  const exception = { check: 'user', where: 'fix-ownership', because: 'x' };
  assert.equal(judge([ROOT_USER], [exception]), { unexplained: [ROOT_USER], stale: [exception] });
});

test('an exception that does not say why is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  try {
    const file = join(folder, 'exceptions.yaml');
    writeFileSync(file, 'exceptions:\n  - check: user\n');
    assert.throws(() => readExceptions(file), /Exception 1 of .* does not say because of what/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
