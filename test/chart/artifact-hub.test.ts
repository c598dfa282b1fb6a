/** What Artifact Hub's own linter asks of Chart.yaml; a mistake there would show only after publishing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { valid } from 'semver';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { isObject } from '../../generator/json-schema.ts';
import { changesOf } from '../../generator/phases/read-changes.ts';
import { ENGINES } from '../../schema/engines.ts';
import { mistakeOf } from '../support/mistakes.ts';
import { CHART, ROOT } from '../support/tools.ts';

const test = suite('Artifact Hub');

const CATEGORIES = ['ai-machine-learning', 'database', 'integration-delivery', 'monitoring-logging', 'networking', 'security', 'storage', 'streaming-messaging'];
const KINDS = ['added', 'changed', 'deprecated', 'removed', 'fixed', 'security'];
const REFERENCE = /^[a-z0-9.-]+(?:\/[a-z0-9._-]+)+:[\w][\w.-]{0,127}$/;

const chart = record(parse(readFileSync(join(CHART, 'Chart.yaml'), 'utf8')));
const annotations = record(chart['annotations']);

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw new TypeError('There is no map.');
  return value;
}

function list(annotation: string): readonly Readonly<Record<string, unknown>>[] {
  const value: unknown = parse(String(annotations[annotation]));
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

test.run();
