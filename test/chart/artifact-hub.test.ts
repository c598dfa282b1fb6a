/** What Artifact Hub's own linter asks of Chart.yaml; a mistake there would show only after publishing. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { valid } from 'semver';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { generateChart } from '../../generator/generate.ts';
import { isObject } from '../../generator/model/json-schema.ts';
import { changesOf } from '../../generator/phases/read-changes.ts';
import { listingOf } from '../../generator/phases/read-listing.ts';
import { siteFiles } from '../../release/site/pages.ts';
import { ENGINES } from '../../schema/engines.ts';
import { mistakeOf } from '../support/mistakes.ts';
import { CHART, ROOT } from '../support/tools.ts';

const test = suite('Artifact Hub');

const CATEGORIES = ['ai-machine-learning', 'database', 'integration-delivery', 'monitoring-logging', 'networking', 'security', 'storage', 'streaming-messaging'];
const KINDS = ['added', 'changed', 'deprecated', 'removed', 'fixed', 'security'];
const REFERENCE = /^[a-z0-9.-]+(?:\/[a-z0-9._-]+)+:[\w][\w.-]{0,127}$/;

type Fields = Readonly<Record<string, unknown>>;

const chart = record(parse(readFileSync(join(CHART, 'Chart.yaml'), 'utf8')));
const annotations = record(chart['annotations']);

function record(value: unknown): Fields {
  if (!isObject(value)) throw new TypeError('There is no map.');
  return value;
}

function list(annotation: string, among: Fields = annotations): readonly Fields[] {
  const value: unknown = parse(String(among[annotation]));
  assert.ok(Array.isArray(value), annotation);
  return Array.isArray(value) ? value.map(record) : [];
}

test('name, version, description, category and license', () => {
  for (const key of ['name', 'description', 'version']) assert.type(chart[key], 'string', key);
  assert.ok(valid(String(chart['version'])));
  assert.ok(CATEGORIES.includes(String(annotations['artifacthub.io/category'])));
  assert.is(annotations['artifacthub.io/license'], 'Apache-2.0');
});

test('every annotation is a text, as Helm demands', () => {
  for (const [name, value] of Object.entries(annotations)) assert.type(value, 'string', name);
});

test('images have a name each and full references, and are those of all engines', () => {
  const images = list('artifacthub.io/images');
  assert.is(new Set(images.map(({ name }) => name)).size, images.length);
  for (const { image } of images) assert.match(String(image), REFERENCE);
  for (const { name, serverImage } of ENGINES) {
    const image = `docker.io/${serverImage.repository}:${serverImage.tag}`;
    assert.ok(images.some((entry) => entry['image'] === image), name);
  }
});

test('changes have a known kind and a description, and are those of the changelog', () => {
  const changes = list('artifacthub.io/changes');
  assert.ok(changes.length > 0);
  for (const { kind, description } of changes) {
    assert.ok(KINDS.includes(String(kind)));
    assert.ok(String(description).trim() !== '');
  }
  assert.equal(changes, changesOf(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), String(chart['version'])));
});

test('a changelog without the version, or with a word of its own, is refused with what to write', () => {
  assert.match(mistakeOf(() => changesOf('# Changelog\n', '1.0.0')), /no heading "## 1\.0\.0"/);
  const mistake = mistakeOf(() => changesOf('## 1.0.0\n\n### News\n\n- One\n', '1.0.0'));
  assert.match(mistake, /^CHANGELOG\.md:3: News is no kind of change\. Use Added, /);
});

test('entries of several lines become one, and other versions stay out', () => {
  const text = '## 2.0.0 (2027-01-01)\n\n### Fixed\n\n- One\n  thing.\n- Two.\n\n## 1.0.0\n\n### Added\n\n- Old.\n';
  assert.equal(changesOf(text, '2.0.0'), [
    { kind: 'fixed', description: 'One thing.' },
    { kind: 'fixed', description: 'Two.' },
  ]);
});

/** Chart.yaml of a project whose package.json has more fields. */
async function chartOf(fields: Fields): Promise<Fields> {
  const folder = mkdtempSync(join(tmpdir(), 'mysql-sts-'));
  try {
    cpSync(join(ROOT, 'generator/templates'), join(folder, 'generator/templates'), { recursive: true });
    const own = record(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...own, ...fields }));
    const files = await generateChart(folder);
    return record(parse(files.find(({ path }) => path === 'Chart.yaml')?.text ?? ''));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const AT_HOME = {
  homepage: 'https://mysql-sts.example.com/',
  repository: { type: 'git', url: 'git+https://git.example.com/mysql-sts.git' },
  bugs: { url: 'https://git.example.com/mysql-sts/issues' },
  artifactHub: { signKey: { fingerprint: 'SHA256:a+b/c=', url: 'https://mysql-sts.example.com/cosign.pub' } },
};

test('where the project is at home becomes links, screenshots and the sign key', async () => {
  const { home, sources, annotations: at } = await chartOf(AT_HOME);
  assert.is(home, AT_HOME.homepage);
  assert.equal(sources, ['https://git.example.com/mysql-sts']);
  const links = list('artifacthub.io/links', record(at));
  assert.equal(links.map(({ name }) => name), ['documentation', 'runbook', 'support']);
  assert.is(links[1]?.['url'], 'https://mysql-sts.example.com/runbook/');
  assert.equal(parse(String(record(at)['artifacthub.io/signKey'])), AT_HOME.artifactHub.signKey);
  for (const { title, url } of list('artifacthub.io/screenshots', record(at))) {
    assert.type(title, 'string');
    const [, picture = ''] = /^https:\/\/mysql-sts\.example\.com\/(images\/.+)$/.exec(String(url)) ?? [];
    assert.ok(siteFiles(ROOT).some(({ target }) => target === picture), `the site has no ${picture}`);
  }
});

test('an address that nobody could follow is refused', () => {
  assert.throws(() => listingOf({ homepage: 'mysql-sts.example.com' }), /package\.json: homepage is "mysql-sts.example.com"\. Write a whole address/);
  assert.throws(() => listingOf({ artifactHub: { signKey: { url: 'https://example.com/a.pub' } } }), /signKey has no fingerprint/);
  assert.throws(() => listingOf({ artifactHub: { signKey: { fingerprint: 'a' } } }), /artifactHub\.signKey\.url is/);
});

test.run();
