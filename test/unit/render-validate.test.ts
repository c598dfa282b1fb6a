import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  all,
  any,
  is,
  isEmpty,
  isLess,
  isShorter,
  isOffered,
  isSet,
  matches,
  not,
  say,
  value,
  type Condition,
} from '../../schema/conditions.ts';
import { conditionText, renderValidate } from '../../generator/phases/render-validate.ts';

const test = suite('render-validate');

const CONDITIONS: readonly (readonly [given: Condition, want: string])[] = [
  [isSet('tls.secretName'), '.Values.tls.secretName'],
  [isEmpty('tls.secretName'), 'not .Values.tls.secretName'],
  [is('tls.mode', 'secret'), 'eq .Values.tls.mode "secret"'],
  [is('auth.username', 'root', 'clone'), 'eq .Values.auth.username "root" "clone"'],
  [isLess('replicaCount', 'update.partition'), 'lt (int .Values.replicaCount) (int .Values.update.partition)'],
  [
    isShorter('clone.deadline', 'recovery.after'),
    'lt (int64 (include "mysql-sts.seconds" .Values.clone.deadline)) (int64 (include "mysql-sts.seconds" .Values.recovery.after))',
  ],
  [matches('images.server.tag', '\\.[0-9]"'), 'regexMatch "\\\\.[0-9]\\"" .Values.images.server.tag'],
  [not(isOffered('clone.method')), 'not (has .Values.clone.method $methods)'],
  [all(isSet('auth.username')), '.Values.auth.username'],
  [
    all(is('tls.mode', 'secret'), any(isEmpty('tls.secretName'), isSet('auth.username'))),
    'and (eq .Values.tls.mode "secret") (or (not .Values.tls.secretName) .Values.auth.username)',
  ],
];

for (const [given, want] of CONDITIONS) {
  test(`prints ${want}`, () => {
    assert.is(conditionText(given), want);
  });
}

test('a sentence is printed as a format with its values; a percent sign stays one', () => {
  const { text } = renderValidate([
    {
      id: 'sample',
      paths: ['auth.username'],
      brokenWhen: isSet('auth.username'),
      sentence: say`100% of ${value('auth.username')}.`,
      cure: say`Stop.`,
    },
  ]);
  const printed = `{{- /* sample */}}
{{- if .Values.auth.username }}
{{- $broken = append $broken (printf
    "auth.username: 100%% of %v. Stop."
    .Values.auth.username) }}
{{- end }}
`;
  assert.ok(text.includes(printed), text);
});

test.run();
