import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { DEFAULTS } from '../../schema/defaults.ts';
import { buildModel } from '../../generator/phases/build-model.ts';
import { compileSchema } from '../../generator/phases/compile-schema.ts';
import { renderReadmeTable } from '../../generator/phases/render-readme-table.ts';
import { renderValues } from '../../generator/phases/render-values.ts';
import { SAMPLE_MODEL } from '../support/sample-model.ts';

const test = suite('render-values');

test('values.yaml has a comment above each value, and shows values without default as comments', () => {
  assert.fixture(
    renderValues(SAMPLE_MODEL).text,
    `# yaml-language-server: $schema=values.schema.json

# Name of the thing.
name: thing

# Where it is kept.
storage:
  # What keeps it.
  # One of: disk, paper.
  kind: disk
  # Words on the label.
  labels:
    colour: red
  # Port of the store, if it has one.
  # port: 7

# Number or percentage.
share: 1

# Ways in.
modes: [in, out]
`,
  );
});

test('values.yaml of the chart says what the typed defaults say', () => {
  const { text } = renderValues(buildModel(compileSchema(), DEFAULTS));
  assert.equal(parse(text), DEFAULTS);
});

test('no line of values.yaml is longer than 100 columns', () => {
  const { text } = renderValues(buildModel(compileSchema(), DEFAULTS));
  assert.equal(
    text.split('\n').filter((line) => line.length > 100),
    [],
  );
});

test('the README has a table of single values and one for each group', () => {
  assert.fixture(
    renderReadmeTable(SAMPLE_MODEL),
    `| Value | Type | Default | Allowed | What it is for |
| --- | --- | --- | --- | --- |
| \`name\` | string | \`"thing"\` | \`^[a-z\\|]*$\` | Name of the thing. |
| \`share\` | string or number | \`1\` |  | Number or percentage. |
| \`modes\` | list | \`["in","out"]\` |  | Ways in. |

### storage

Where it is kept.

| Value | Type | Default | Allowed | What it is for |
| --- | --- | --- | --- | --- |
| \`storage.kind\` | string | \`"disk"\` | \`disk\`<br>\`paper\` | What keeps it. |
| \`storage.labels\` | map | \`{"colour":"red"}\` |  | Words on the label. |
| \`storage.port\` | integer | unset | 1 to 9 | Port of the store, if it has one. |`,
  );
});

test.run();
