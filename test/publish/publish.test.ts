/** Publishing, against a real registry with a password, and over a line that breaks. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HELMS } from '../support/helm.ts';
import { packChanged, version } from './support/charts.ts';
import { CutLine, type Enough } from './support/proxy.ts';
import { Desk, start, type Answer } from './support/publisher.ts';
import { PASSWORD, Registry } from './support/registry.ts';

const test = suite('publish');

const VERSION = '0.1.0';
const desk = new Desk();
const state: { registry?: Registry; archive: string } = { archive: '' };

test.before(async () => {
  await desk.makeKey();
  state.archive = await packChanged(desk.folder, 'own.tgz', {});
});
test.after(() => {
  desk.clear();
});
test.before.each(async () => {
  state.registry = await Registry.start();
});
test.after.each(async () => {
  await state.registry?.stop();
});

function registry(): Registry {
  if (state.registry === undefined) throw new Error('There is no registry.');
  return state.registry;
}

const publish = (archive = state.archive, more: readonly string[] = []): Promise<Answer> =>
  desk.publish({ address: registry().address, archive, more });

function assertPublished({ status, stdout, stderr }: Answer): void {
  assert.is(status, 0, `${stdout}${stderr}`);
}

function assertRefused({ status, stdout, stderr }: Answer, sentence: RegExp): void {
  assert.is(status, 1, `${stdout}${stderr}`);
  assert.match(stderr, sentence);
  assert.not.match(`${stdout}${stderr}`, PASSWORD);
  assert.not.match(stderr, /^ +at /m);
}

/** What oras says of the published chart. */
async function oras(...args: readonly string[]): Promise<Answer> {
  return start('oras', [...args, '--plain-http'], desk.login(registry().address));
}

const chart = (): string => `${registry().address}/charts/mysql-sts`;
const tags = async (): Promise<string> => (await oras('repo', 'tags', chart())).stdout;
const digest = async (): Promise<string> => (await oras('resolve', `${chart()}:${VERSION}`)).stdout.trim();

async function verify(key: string): Promise<Answer> {
  const args = ['verify', '--key', key, '--private-infrastructure', `${chart()}@${await digest()}`];
  return start('cosign', args, desk.login(registry().address));
}

/** The list of parts, as somebody gets it who asks the registry what is attached to the chart. */
async function attachedParts(): Promise<string> {
  const template = 'go-template={{range .referrers}}{{.reference}}{{end}}';
  const found = await oras('discover', '--artifact-type', 'application/vnd.cyclonedx+json', '--format', template, `${chart()}:${VERSION}`);
  const folder = join(desk.folder, 'parts');
  mkdirSync(folder);
  assertPublished(await oras('pull', found.stdout.trim(), '--output', folder));
  return readFileSync(join(folder, 'chart.cdx.json'), 'utf8');
}

test('a chart is pushed, signed, listed by its parts and told to Artifact Hub', async () => {
  const answer = await publish(state.archive, ['--artifact-hub-id', '7a5b1d1e-0000-4000-8000-000000000000']);
  assertPublished(answer);
  process.stdout.write(`\n${answer.stdout.replace(/^/gm, '    ')}`);
  assert.is((await verify(desk.publicKey)).status, 0);
  assert.match(await attachedParts(), /"purl": "pkg:oci\/mysql\?repository_url=docker\.io%2Flibrary%2Fmysql&tag=9\.7\.2"/);
  const hub = await oras('manifest', 'fetch', `${chart()}:artifacthub.io`);
  assert.match(hub.stdout, /application\/vnd\.cncf\.artifacthub\.repository-metadata\.layer\.v1\.yaml/);
});

for (const program of HELMS) {
  test(`${program} pulls the same bytes, and renders the chart from its address`, async () => {
    assertPublished(await publish());
    const folder = join(desk.folder, program);
    mkdirSync(folder);
    const env = desk.login(registry().address);
    const from = [`oci://${chart()}`, '--version', VERSION, '--plain-http'];
    const pulled = await start(program, ['pull', ...from, '--destination', folder], env);
    assertPublished(pulled);
    const sum = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');
    assert.is(sum(join(folder, `mysql-sts-${VERSION}.tgz`)), sum(state.archive));
    const rendered = await start(program, ['template', 'demo', ...from], env);
    assertPublished(rendered);
    assert.match(rendered.stdout, /^kind: StatefulSet$/m);
  });
}

test('another key does not open it, and nobody can check what was not signed', async () => {
  assertPublished(await publish());
  const other = new Desk();
  await other.makeKey();
  assert.is.not((await verify(other.publicKey)).status, 0);
  other.clear();
  const unsigned = await packChanged(desk.folder, 'unsigned.tgz', { 'Chart.yaml': [version('0.1.1')] });
  assertRefused(await desk.publish({ address: registry().address, archive: unsigned, key: '' }), /Nobody can check an unsigned chart/);
  assert.is((await tags()).includes('0.1.1'), false);
});

test('a wrong password is told as such, and nothing is pushed', async () => {
  const answer = await desk.publish({ address: registry().address, archive: state.archive, password: 'guessed' });
  assertRefused(answer, /refuses these credentials\. Set REGISTRY_USER/);
  assert.is(existsSync(join(registry().folder, 'data/docker/registry/v2/repositories/charts')), false);
});

test("Helm's own login is enough, and without any, what is published is not overwritten", async () => {
  const once = { address: registry().address, archive: state.archive };
  assertPublished(await desk.publish({ ...once, login: 'helm' }));
  const before = await digest();
  const archive = await packChanged(desk.folder, 'changed.tgz', { 'Chart.yaml': [[/^description: .*$/m, 'description: Changed']] });
  assertRefused(await desk.publish({ ...once, archive, login: 'none' }), /refuses these credentials\. Set REGISTRY_USER/);
  assertRefused(await desk.publish({ ...once, archive, login: 'helm' }), /is published already, with other content/);
  assert.is(await digest(), before);
});

test('a key that its password does not open is told as such, and a second run signs what was pushed', async () => {
  const answer = await desk.publish({ address: registry().address, archive: state.archive, keyPassword: '' });
  assertRefused(answer, /The key cannot be opened: export its password as COSIGN_PASSWORD/);
  assertPublished(await publish());
  assert.is((await verify(desk.publicKey)).status, 0);
});

test('a version is never overwritten; the same bytes again change nothing', async () => {
  assertPublished(await publish());
  const before = await digest();
  const again = await publish();
  assertPublished(again);
  assert.match(again.stdout, /^there already .*\nsigned already\nlist of parts attached already\n/);
  const other = await packChanged(desk.folder, 'other.tgz', { 'Chart.yaml': [[/^description: .*$/m, 'description: Another']] });
  assertRefused(await publish(other), /mysql-sts 0\.1\.0 is published already, with other content/);
  assert.is(await digest(), before);
});

test('a version that is too low for what changed is refused, and the right one is taken', async () => {
  assertPublished(await publish());
  const removed: readonly [RegExp, string] = [/"replicaCount"/g, '"podCount"'];
  const changed = (text: string): Promise<string> =>
    packChanged(desk.folder, `${text}.tgz`, {
      'Chart.yaml': [version(text)],
      'values.schema.json': [removed],
      'values.yaml': [[/^replicaCount:/m, 'podCount:']],
    });
  assertRefused(await publish(await changed('0.1.1')), /0\.1\.1 is too low after 0\.1\.0: .*Use 0\.2\.0/);
  assertPublished(await publish(await changed('0.2.0')));
});

test('a tag of another version is refused', async () => {
  assertRefused(await publish(state.archive, ['--tag', 'v9.9.9']), /The tag v9\.9\.9 is not that of 0\.1\.0/);
});

/** Publishes over a line that is cut, which must be told, and again over a whole one. */
async function overCutLine(enough: Enough): Promise<string> {
  const line = await CutLine.start(registry().port, enough);
  assertRefused(
    await desk.publish({ address: line.address, archive: state.archive }),
    /The connection to .* broke off\. Run the same command again/,
  );
  await line.stop();
  const left = await tags();
  const second = await publish();
  assertPublished(second);
  assert.is((await verify(desk.publicKey)).status, 0);
  process.stdout.write(`\n    after the cut: ${left.trim().split('\n')[0] ?? ''}; then ${second.stdout.split('  ')[0] ?? ''}`);
  return left;
}

test('a line that breaks in the middle of the chart leaves no version, and a second run publishes it', async () => {
  assert.not.match(await overCutLine(({ bytes }) => bytes > 50_000), /^0\.1\.0$/m);
});

// Helm's push makes two requests for its manifest; the third is the signature's.
test('a line that breaks before the signature leaves a version, and a second run completes it', async () => {
  assert.match(await overCutLine(({ manifests }) => manifests > 2), /^0\.1\.0$/m);
});

test.run();
