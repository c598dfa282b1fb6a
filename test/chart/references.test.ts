/** Names of objects that a parent chart makes: the release's name may stand in them. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlainValues } from '../../generator/rules/evaluate-rules.ts';
import { HELMS, template } from '../support/helm.ts';
import { mistakesIn } from '../support/verdict.ts';

const test = suite('references');

const VALUES: PlainValues = {
  auth: { existingSecret: '{{ .Release.Name }}-db' },
  tls: { mode: 'secret', secretName: 'tls-{{.Release.Name}}' },
  initdb: { existingConfigMap: '{{ .Release.Name }}' },
  serviceAccount: { name: '{{ .Release.Name }}.db' },
};

test("the release's name is put in", () => {
  assert.equal(mistakesIn(VALUES), []);
  for (const version of HELMS) {
    const { status, stdout, stderr } = template(version, { release: 'prod', values: VALUES });
    assert.is(status, 0, stderr);
    for (const line of ['secretName: "prod-db"', 'secretName: "tls-prod"', 'name: "prod"', 'serviceAccountName: "prod.db"']) {
      assert.ok(stdout.includes(`${line}\n`), line);
    }
    assert.not.match(stdout.replaceAll(/^ +#.*$/gm, ''), /\{\{ *\.Release/);
  }
});

test('an issuer may be named so', () => {
  const values = { tls: { mode: 'certManager', certManager: { issuer: { name: '{{ .Release.Name }}-ca' } } } };
  assert.match(template('helm4', { release: 'prod', values }).stdout, /name: "prod-ca"\n {4}kind: "?Issuer/);
});

test('no other template is taken', () => {
  for (const name of ['{{ .Values.engine }}', '{{ .Release.Name', '{{ .Release.Name }}-']) {
    assert.is(mistakesIn({ auth: { existingSecret: name } }).length, 1, name);
  }
});

test.run();
