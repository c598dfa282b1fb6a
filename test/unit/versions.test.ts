import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Change, Level } from '../../generator/compare/change.ts';
import { propose } from '../../generator/compare/propose.ts';
import { previousVersion } from '../../release/publish/check-version.ts';

const test = suite('versions');

const changed = (level: Level): readonly Change[] => [{ level, kind: 'changed', subject: 'a value', sentence: 'is another' }];

const PROPOSALS: readonly (readonly [before: string, level: Level, after: string, proposed: string, isMet: boolean])[] = [
  ['0.1.0', 'major', '0.2.0-rc.1', '0.2.0', true],
  ['0.1.0', 'major', '0.1.1-rc.1', '0.2.0', false],
  ['0.2.0-rc.1', 'minor', '0.2.0-rc.2', '0.2.0', true],
  ['0.2.0-rc.1', 'major', '0.2.0', '0.2.0', true],
  ['0.2.0-rc.2', 'patch', '0.2.0-rc.1', '0.2.0', false],
  ['1.0.0-rc.1', 'major', '1.0.0', '1.0.0', true],
  ['1.2.3', 'minor', '1.3.0-alpha', '1.3.0', true],
  ['1.2.3', 'major', '1.3.0', '2.0.0', false],
  ['1.2.3', 'patch', '1.2.3-rc.1', '1.2.4', false],
];

for (const [before, level, after, proposed, isMet] of PROPOSALS) {
  test(`after ${before}, what is ${level} makes it ${proposed}, and ${after} ${isMet ? 'will do' : 'is too low'}`, () => {
    const proposal = propose(changed(level), before, after);
    assert.equal([proposal.version, proposal.isMet], [proposed, isMet]);
  });
}

const TAGS = ['0.1.0', '0.2.0-rc.1', '0.2.0-rc.2', '1.0.0_build.7', 'latest'];

const PREVIOUS: readonly (readonly [version: string, previous: string | undefined])[] = [
  ['0.0.9', undefined],
  ['0.1.1', '0.1.0'],
  ['0.2.0-rc.3', '0.2.0-rc.2'],
  ['0.2.0', '0.1.0'],
  ['1.0.1', '1.0.0+build.7'],
];

for (const [version, previous] of PREVIOUS) {
  test(`${version} is measured by ${previous ?? 'nothing'}`, () => {
    assert.is(previousVersion(TAGS, version), previous);
  });
}

test.run();
