/** What a golden file shows of a rendering: only what differs, and where. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { differenceOf } from '../support/golden-difference.ts';

const test = suite('differences between renderings');

const pod = (agent: readonly string[]): string =>
  [
    ...['---', '# Source: chart/templates/service-read.yaml', 'spec:', '  type: ClusterIP'],
    ...['---', '# Source: chart/templates/statefulset.yaml', 'spec:', '  containers:'],
    ...['    - name: mysql', '      env:', '      - name: A', '        value: a'],
    ...['    - name: agent', '      env:', '      - name: A', '        value: a', ...agent, ''],
  ].join('\n');

test('what does not differ is not shown', () => {
  assert.is(differenceOf(pod([]), pod([])), '');
});

test('a change stands under the keys that it is below', () => {
  const difference = differenceOf(pod([]), pod(['      - name: B']));
  assert.is(
    difference,
    ['@@ statefulset / spec / containers / - name: agent / env @@', '         value: a', '+      - name: B', ''].join('\n'),
  );
});

test('the same change in another place is another difference', () => {
  const mysql = pod([]).replace('    - name: agent', '      - name: B\n    - name: agent');
  assert.match(differenceOf(pod([]), mysql), /^@@ statefulset \/ spec \/ containers \/ - name: mysql \/ env @@\n/);
});

test('what both renderings have more changes no difference', () => {
  const labelled = (text: string): string => text.replace('spec:', 'label: new\nspec:');
  const changed = pod(['      - name: B']);
  assert.is(differenceOf(labelled(pod([])), labelled(changed)), differenceOf(pod([]), changed));
});

test('what changes in the same way in several places is shown once', () => {
  const document = (name: string, color: string): string =>
    `---\n# Source: chart/templates/${name}.yaml\nmetadata:\n  size: 1\n  color: ${color}\n`;
  const all = (color: string): string =>
    document('secret', color) + document('role', color) + document('other', color).replace('metadata', 'spec');
  assert.is(
    differenceOf(all('red'), all('blue')),
    ['@@ secret, role / metadata @@', '   size: 1', '-  color: red', '+  color: blue', ' ---', ''].join('\n') +
      ['@@ other / spec @@', '   size: 1', '-  color: red', '+  color: blue', ''].join('\n'),
  );
});

test('a document that is added stands under its own name', () => {
  const added = '---\n# Source: chart/templates/role.yaml\nkind: Role\n';
  assert.is(
    differenceOf('---\nkind: A\n', `---\nkind: A\n${added}`),
    '@@ role @@\n kind: A\n+---\n+# Source: chart/templates/role.yaml\n+kind: Role\n',
  );
});

test.run();
