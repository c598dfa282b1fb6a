import type { Condition, ValuesPath } from '../../schema/conditions.ts';

/** The values that a condition looks at, a value that it names twice twice. The engine table is behind `engine`. */
export function pathsOf(condition: Condition): readonly ValuesPath[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.conditions.flatMap(pathsOf);
    case 'not':
      return pathsOf(condition.condition);
    case 'empty':
    case 'hasKey':
    case 'oneOf':
    case 'matches':
    case 'below':
    case 'exceeds':
    case 'itemMatches':
    case 'itemTwice':
    case 'itemEmpty':
      return [condition.path];
    case 'itemNowhere':
      return [condition.path, condition.others];
    case 'offered':
      return [condition.path, 'engine'];
    case 'ofSeries':
      return [condition.path, 'engine', ...(condition.image === 'clone' ? ['clone.method' as const] : [])];
    case 'less':
    case 'shorter':
      return [condition.left, condition.right];
  }
}
