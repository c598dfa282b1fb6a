import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { archive } from '../../release/archive.ts';
import { helm, HELMS } from '../support/helm.ts';
import { packAll, type Archives } from '../support/packed.ts';
import { CHART, ROOT } from '../support/tools.ts';

const test = suite('the archives');

let here: Archives = { chart: '', npm: '' };
let parent = '';

test.before(() => {
  parent = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  here = packAll(join(parent, 'here'));
});
test.after(() => {
  rmSync(parent, { recursive: true });
});

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
const listing = (file: string): readonly string[] => execFileSync('tar', ['tzf', file], { encoding: 'utf8' }).trim().split('\n').sort();

/** This checkout as another machine might have it: elsewhere, with other modes and times. */
function otherCheckout(): string {
  const other = join(parent, 'a checkout elsewhere');
  mkdirSync(other);
  const entries = readdirSync(ROOT).filter((entry) => !['.git', 'dist', 'node_modules'].includes(entry));
  for (const entry of entries) cpSync(join(ROOT, entry), join(other, entry), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(other, 'node_modules'));
  execFileSync('chmod', ['-R', 'u=rwX,go=', ...entries], { cwd: other });
  execFileSync('find', [...entries, '-exec', 'touch', '-d', '2001-02-03', '{}', '+'], { cwd: other });
  return other;
}

test('two checkouts with other paths, modes, times, umask, time zone and language give the same bytes', () => {
  const env = { TZ: 'Asia/Tokyo', LC_ALL: 'sv_SE.UTF-8', SOURCE_DATE_EPOCH: '1', CI: 'true' };
  const root = otherCheckout();
  const there = packAll(join(parent, 'there'), { root, env, umask: '077' });
  for (const kind of ['chart', 'npm'] as const) {
    process.stdout.write(`\n    ${kind}: sha256:${digest(here[kind])}`);
    assert.is(digest(there[kind]), digest(here[kind]), kind);
  }
});

for (const version of HELMS) {
  test(`the packed chart holds what ${version} would pack, and renders the same`, () => {
    const folder = join(parent, version);
    assert.is(helm(version, ['package', CHART, '--destination', folder]).status, 0);
    const [file = ''] = readdirSync(folder);
    assert.equal(listing(here.chart), listing(join(folder, file)));
    assert.is(helm(version, ['lint', '--strict', here.chart]).status, 0);
    const render = (chart: string): string => {
      const options = ['--set', 'auth.existingSecret=a,tls.mode=secret,tls.secretName=b'];
      const { status, stdout, stderr } = helm(version, ['template', 'demo', chart, ...options]);
      assert.is(status, 0, stderr);
      return stdout;
    };
    assert.is(render(here.chart), render(CHART));
  });
}

test('the npm archive holds what npm would pack', () => {
  const answer = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', parent], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  assert.equal(listing(here.npm), listing(join(parent, answer.trim())));
});

test('a path that the archive would cut is refused', () => {
  const file = { path: `${'long/'.repeat(20)}name`, content: new Uint8Array(), isProgram: false };
  assert.throws(() => archive('chart', [file]), /Shorten the path/);
});

test.run();
