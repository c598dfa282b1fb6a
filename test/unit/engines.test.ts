import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listFiles } from '../../generator/list-files.ts';
import { ENGINES } from '../../schema/engines.ts';
import { ROOT } from '../support/tools.ts';

const test = suite('engine table');

test('no two rows have the same name, and a name is family and series', () => {
  assert.is(new Set(ENGINES.map((engine) => engine.name)).size, ENGINES.length);
  for (const { name, family, series } of ENGINES) assert.is(name, `${family}-${series}`);
});

test('images have full versions of their own series', () => {
  for (const { name, series, serverImage, cloneImages } of ENGINES) {
    for (const { tag } of [serverImage, ...Object.values(cloneImages)]) {
      assert.match(tag, /^\d+\.\d+\.\d+(-[.a-z0-9]+)?$/, name);
      assert.ok(tag.startsWith(`${series}.`), `${name} runs ${tag}`);
    }
  }
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
  const scripts = await Promise.all(
    files.filter((file) => file.endsWith('.sh')).map((file) => readFile(join(folder, file), 'utf8')),
  );
  const words = (await readFile(join(folder, 'engine.sh.hbs'), 'utf8')).matchAll(/^declare -rx ([A-Z_]+)=/gm);
  for (const [, word = ''] of words) {
    assert.ok(
      scripts.some((script) => new RegExp(`\\b${word}\\b`).test(script)),
      `${word} is not used`,
    );
  }
});

test.run();
