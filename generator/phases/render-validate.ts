import type { Condition, ImageRole, ItemCondition, Operand, Sentence, ValuesPath } from '../../schema/conditions.ts';
import type { Rule } from '../../schema/rule.ts';
import type { ChartFile } from '../files/chart-file.ts';

const SOURCE = 'schema/rules.ts';

const HEAD = `{{/*
Rules between values, checked together: whoever breaks several reads of all of them at once. What a single value may be
is said in values.schema.json, which Helm checks before any template.
*/}}
{{- define "mysql-sts.validate" -}}
{{- $engine := include "mysql-sts.engine" . | fromYaml }}
{{- $methods := $engine.methods }}
{{- $series := dict "server" $engine.server.series
    "clone" (get $engine.clone (include "mysql-sts.cloneMethod" .) | default $engine.server).series }}
{{- $broken := list }}
`;

const TAIL = `
{{- if $broken }}
{{- $lines := list }}
{{- range $index, $sentence := $broken }}
{{- $lines = append $lines (printf "%d. %s" (add1 $index) $sentence) }}
{{- end }}
{{- fail (printf "the values do not fit together:\\n\\n%s\\n" (join "\\n" $lines)) }}
{{- end }}
{{- end }}
`;

/** The rules between values as a template that lists all broken ones and fails. */
export function renderValidate(rules: readonly Rule[]): ChartFile {
  return { path: 'templates/_validate.tpl', source: SOURCE, text: `${HEAD}${rules.map(ruleText).join('')}${TAIL}` };
}

function ruleText(rule: Rule): string {
  const sentence: Sentence = [`${rule.paths.join(', ')}: `, ...rule.sentence, ' ', ...rule.cure];
  return `
{{- /* ${rule.id} */}}
{{- if ${conditionText(rule.brokenWhen)} }}
{{- $broken = append $broken ${sentenceText(sentence)} }}
{{- end }}
`;
}

/** A condition as an expression of Helm's templates. */
export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
      return joined('and', condition.conditions);
    case 'any':
      return joined('or', condition.conditions);
    case 'not':
      return condition.condition.kind === 'empty' ? reference(condition.condition.path) : `not ${nested(condition.condition)}`;
    case 'empty':
      return `not ${reference(condition.path)}`;
    case 'hasKey':
      return hasKeyText(reference(condition.path), condition.keys);
    case 'oneOf':
      return oneOfText(reference(condition.path), condition.constants);
    case 'below':
      return `lt (int ${reference(condition.path)}) ${condition.limit}`;
    case 'less':
      return `lt (int ${reference(condition.left)}) (int ${reference(condition.right)})`;
    case 'shorter':
      return `lt ${secondsText(condition.left)} ${secondsText(condition.right)}`;
    case 'matches':
      return `regexMatch ${goString(condition.pattern)} ${reference(condition.path)}`;
    case 'offered':
      return `has ${reference(condition.path)} $methods`;
    case 'ofSeries':
      return `regexMatch (printf "(^|[^0-9.])%s[.][0-9]" (replace "." "[.]" ${seriesText(condition.image)})) ${reference(condition.path)}`;
    case 'exceeds':
      return `include "mysql-sts.exceeds" ${reference(condition.path)}`;
    case 'itemMatches':
    case 'itemTwice':
    case 'itemNowhere':
    case 'itemEmpty':
      return itemsText(condition);
  }
}

/** A template prints the wrong items, so that no text at all means that none is. */
function itemsText(condition: ItemCondition): string {
  const { path, kind } = condition;
  const items = `"items" ${reference(path)}`;
  switch (condition.kind) {
    case 'itemMatches':
      return `include "mysql-sts.${kind}" (dict ${items} "field" "${condition.field}" "pattern" ${goString(condition.pattern)})`;
    case 'itemTwice':
      return `include "mysql-sts.${kind}" (dict ${items} "field" "${condition.field}")`;
    case 'itemNowhere': {
      const names = `(list ${condition.names.map(goString).join(' ')})`;
      return `include "mysql-sts.${kind}" (dict ${items} "field" "${condition.field}" "names" ${names} "others" ${reference(condition.others)})`;
    }
    case 'itemEmpty':
      return `include "mysql-sts.${kind}" (dict ${items})`;
  }
}

function joined(operator: 'and' | 'or', conditions: readonly Condition[]): string {
  const [first, ...others] = conditions;
  if (first !== undefined && others.length === 0) return conditionText(first);
  return [operator, ...conditions.map(nested)].join(' ');
}

/** Under a parent chart a map may be null. */
function hasKeyText(map: string, keys: readonly string[]): string {
  return `pick (default dict ${map}) ${keys.map(goString).join(' ')}`;
}

function oneOfText(operand: string, constants: readonly string[]): string {
  return `eq ${operand} ${constants.map(goString).join(' ')}`;
}

function nested(condition: Condition): string {
  const text = conditionText(condition);
  return text.includes(' ') ? `(${text})` : text;
}

/** A sentence as a call of printf. */
function sentenceText(sentence: Sentence): string {
  const operands = sentence.filter((part) => typeof part !== 'string');
  const format = sentence.map((part) => (typeof part === 'string' ? part.replaceAll('%', '%%') : '%v')).join('');
  const lines = [goString(format), operands.map(operandText).join(' ')].filter((line) => line !== '');
  return `(printf\n    ${lines.join('\n    ')})`;
}

function operandText(operand: Operand): string {
  switch (operand.kind) {
    case 'value':
      return reference(operand.path);
    case 'engineMethods':
      return '(join ", " $methods)';
    case 'series':
      return seriesText(operand.image);
    case 'items':
      return `(${itemsText(operand.condition)})`;
  }
}

function secondsText(path: ValuesPath): string {
  return `(int64 (include "mysql-sts.seconds" ${reference(path)}))`;
}

function seriesText(image: ImageRole): string {
  return `$series.${image}`;
}

function reference(path: ValuesPath): string {
  return `.Values.${path}`;
}

/** JSON's strings are Go's, too, and rules are in plain ASCII. */
function goString(text: string): string {
  return JSON.stringify(text);
}
