import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkUse, unusedPaths } from '../../generator/phases/check-use.ts';
import type { Template } from '../../generator/phases/read-templates.ts';
import { renderTemplates, type RenderedTemplates } from '../../generator/phases/render-templates.ts';
import { mistakeOf } from '../support/mistakes.ts';
import { SAMPLE_MODEL } from '../support/sample-model.ts';

const test = suite('render-templates');

function template(text: string, name = 'thing.yaml.hbs'): Template {
  const isLiteral = !name.endsWith('.hbs');
  return { file: `templates/${name}`, path: name.replace('.hbs', ''), text, isLiteral };
}

const render = (text: string): RenderedTemplates => renderTemplates([template(text)], SAMPLE_MODEL, { words: ['a', 'b'] });
const textOf = (text: string): string =>
  render(text)
    .files.map((file) => file.text)
    .join('');

const PRINTED: readonly (readonly [given: string, want: string])[] = [
  ['name: <% value "name" %>', 'name: {{ .Values.name | quote }}'],
  ['port: <% value "storage.port" %>', 'port: {{ .Values.storage.port | int }}'],
  ['port: <% text "storage.port" %>', 'port: {{ .Values.storage.port | int | quote }}'],
  ['name: <% text "name" %>', 'name: {{ .Values.name | quote }}'],
  ['share: <% value "share" %>', 'share: {{ .Values.share }}'],
  ['{{- if <% ref "storage.kind" %> }}', '{{- if .Values.storage.kind }}'],
  ['{{- with <% root "name" %> }}', '{{- with $.Values.name }}'],
  ['labels:\n  <% yaml "storage.labels" 2 %>', 'labels:\n  {{- toYaml .Values.storage.labels | nindent 2 }}'],
  ['<%#each words%>\n- <% this %>\n<%/each%>\n', '- a\n- b\n'],
];

for (const [given, want] of PRINTED) {
  test(`${JSON.stringify(given)} is printed`, () => {
    assert.is(textOf(given), want);
  });
}

const HELM_SYNTAX = [
  '{{ end }}{{- $x := 1 -}}{{ . }}{{ quote .x }}',
  '{{/* a comment */}}{{ break }}',
  '{{ `{{ .x }}` }} {{{{ "quoted\\\\" }}',
  '{{ if and (eq .a "b") (not .c) }}a & b < c{{ else }}"q"{{ end }}',
];

for (const text of HELM_SYNTAX) {
  test(`Helm's ${text} is left alone`, () => {
    assert.is(textOf(text), text);
  });
}

const REFUSED: readonly (readonly [given: string, message: string])[] = [
  ['a\n<% value "storage.knid" %>', 'templates/thing.yaml.hbs:2: The model has no value storage.knid. Did you mean storage.kind?'],
  [
    '<% value "storage.labels" %>',
    'templates/thing.yaml.hbs:1: storage.labels is a map or a list, which <% value %> cannot print. Use <% yaml "storage.labels" INDENT %>.',
  ],
  [
    'a\nb\n<% yaml "storage.labels" %>',
    'templates/thing.yaml.hbs:3: <% yaml "storage.labels" %> needs the number of columns to indent by.',
  ],
  ['<% value 7 %>', 'templates/thing.yaml.hbs:1: <% value %> needs the path of a value in quotes.'],
  [
    'a: 1\nb: {{ .Values.name }}',
    'templates/thing.yaml.hbs:2: A template must not write .Values itself, since nothing checks what follows. ' +
      'Use <% value %>, <% text %>, <% ref %>, <% root %> or <% yaml %>.',
  ],
];

for (const [given, message] of REFUSED) {
  test(`${JSON.stringify(given)} is refused`, () => {
    assert.is(
      mistakeOf(() => render(given)),
      message,
    );
  });
}

test('an unknown helper, an unknown variable and broken syntax are refused with their line', () => {
  assert.match(
    mistakeOf(() => render('a\n<% valeu "name" %>')),
    /^templates\/thing\.yaml\.hbs:2: .*valeu/,
  );
  assert.match(
    mistakeOf(() => render('a\nb\n<% nothing %>')),
    /^templates\/thing\.yaml\.hbs:3: .*nothing/,
  );
  assert.match(
    mistakeOf(() => render('a\n<%#each words%>\n')),
    /^templates\/thing\.yaml\.hbs:\d: /,
  );
});

test('a file that is no template is copied', () => {
  const { files } = renderTemplates([template('<% as it is %> {{ }}', 'a.sh')], SAMPLE_MODEL, {});
  assert.is(files[0]?.text, '<% as it is %> {{ }}');
});

test('uses are recorded with their place', () => {
  assert.equal(render('\n<% ref "name" %>').uses, [{ path: 'name', file: 'templates/thing.yaml.hbs', line: 2 }]);
});

test('a value is used by its own name or by that of its section', () => {
  const { uses } = render('<% ref "storage" %> <% ref "name" %>');
  assert.equal(unusedPaths(SAMPLE_MODEL, uses), ['share', 'modes']);
});

test('a value that nothing reads is a mistake', async () => {
  const mistake: unknown = await checkUse(SAMPLE_MODEL, []).catch((error: unknown) => error);
  assert.match(String(mistake), /: No template reads the value name\. Use it or remove it\.$/);
});

test.run();
