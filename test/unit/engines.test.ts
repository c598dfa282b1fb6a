import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listFiles } from '../../generator/files/list-files.ts';
import { ENGINE_SCRIPT } from '../../generator/phases/read-templates.ts';
import { renderEngines } from '../../generator/phases/render-engines.ts';
import { ORACLE_LINUX_9 } from '../../schema/engines/userland.ts';
import { ENGINES } from '../../schema/engines.ts';
import { CURRENT } from '../../schema/engines/mysql-dialects.ts';
import { mysql } from '../../schema/engines/mysql.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('engine table');

test('no two rows have the same name, and a name is family and series', () => {
  assert.is(new Set(ENGINES.map((engine) => engine.name)).size, ENGINES.length);
  for (const { name, family, series } of ENGINES) assert.is(name, `${family}-${series}`);
});

test('images have full versions of their own series', () => {
  for (const { name, series, serverImage, cloneImages } of ENGINES) {
    assert.is(serverImage.series, series);
    for (const image of [serverImage, ...Object.values(cloneImages)]) {
      assert.match(image.tag, /^\d+\.\d+\.\d+(-[.a-z0-9]+)?$/, name);
      assert.ok(image.tag.startsWith(`${image.series}.`), `${name} runs ${image.tag}`);
    }
  }
});

test('the first clone method is the one that was asked for by a series', () => {
  const defaults = Object.fromEntries(ENGINES.map(({ name, cloneMethods }) => [name, cloneMethods[0]]));
  assert.equal(defaults, {
    'mysql-5.7': 'xtrabackup',
    'mysql-8.0': 'xtrabackup',
    'mysql-8.4': 'plugin',
    'mysql-9.7': 'plugin',
    'mariadb-10.11': 'mariadb-backup',
    'mariadb-11.4': 'mariadb-backup',
    'mariadb-11.8': 'mariadb-backup',
  });
});

test('a new series is one row: it gets its line in the table and its script', async () => {
  const row = mysql({
    name: 'mysql-10.7',
    series: '10.7',
    endOfLife: '2036-04',
    upgradesFrom: ['mysql-9.7'],
    serverTag: '10.7.1',
    userland: ORACLE_LINUX_9,
    dialect: CURRENT,
    cloneMethods: ['plugin', 'xtrabackup'],
    xtrabackup: { tag: '10.7.0-1', series: '10.7' },
  });
  const text = await readFile(join(ROOT, `generator/templates/${ENGINE_SCRIPT}.hbs`), 'utf8');
  const [table, ...scripts] = renderEngines([...ENGINES, row], { file: ENGINE_SCRIPT, path: ENGINE_SCRIPT, text, isLiteral: false });
  assert.match(table?.text ?? '', /\nmysql-10\.7:\n {2}family: mysql\n/);
  const script = scripts.find(({ path }) => path === 'files/engine/engine-mysql-10.7.sh');
  assert.match(script?.text ?? '', "ENGINE_UPGRADES_FROM='mysql-9.7'");
  assert.match(script?.text ?? '', /ENGINE_TOOLS='.*\bplugin=10\.7 '/);
});

test('nothing but the table asks which engine it works for', async () => {
  const folder = join(ROOT, 'generator');
  const names = ENGINES.map(({ name }) => name);
  const allowed = /^templates\/(ci\/|README)/;
  const found: string[] = [];
  for (const file of (await listFiles(folder)).filter((path) => !allowed.test(path))) {
    const code = (await readFile(join(folder, file), 'utf8')).replaceAll(/^# shellcheck source=.*$/gm, '');
    if (names.some((name) => code.includes(name))) found.push(file);
  }
  assert.equal(found, []);
});

test('every clone method has an image and a list of commands, and nothing else has', () => {
  for (const { name, cloneMethods, cloneImages, commands } of ENGINES) {
    const methods = [...cloneMethods].sort();
    assert.equal(Object.keys(cloneImages).sort(), methods, name);
    assert.equal(Object.keys(commands.clone).sort(), methods, name);
  }
});

test('the programs that scripts start are among the commands of the image', () => {
  for (const { name, commands, serverBinary, clientBinary, adminBinary, timeZoneBinary } of ENGINES) {
    for (const program of [serverBinary, clientBinary, adminBinary, timeZoneBinary]) {
      assert.ok(commands.server.includes(program), `${name} lacks ${program}`);
    }
  }
});

test('data is only raised from an older engine of the same family', () => {
  for (const engine of ENGINES) {
    for (const older of engine.upgradesFrom) {
      const row = ENGINES.find((candidate) => candidate.name === older);
      assert.is(row?.family, engine.family, `${engine.name} from ${older}`);
      assert.ok(ENGINES.findIndex((candidate) => candidate.name === older) < ENGINES.indexOf(engine));
    }
  }
});

test('support ends in a month that is written as YYYY-MM', () => {
  for (const { endOfLife } of ENGINES) assert.match(endOfLife, /^20\d\d-(0[1-9]|1[0-2])$/);
});

test('every word that an engine gives to the scripts is used by one of them', async () => {
  const folder = join(ROOT, 'generator/templates/files');
  const files = await listFiles(folder);
  const scripts = await Promise.all(files.filter((file) => file.endsWith('.sh')).map((file) => readFile(join(folder, file), 'utf8')));
  const words = (await readFile(join(folder, 'engine/engine.sh.hbs'), 'utf8')).matchAll(/^readonly ([A-Z_]+)=/gm);
  for (const [, word = ''] of words) {
    assert.ok(
      scripts.some((script) => new RegExp(`\\b${word}\\b`).test(script)),
      `${word} is not used`,
    );
  }
});

test.run();
