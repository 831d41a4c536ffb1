import { type ASTNode } from '@marcbachmann/cel-js';
import { type ExpressionProblem } from './expression.ts';

/** CEL's macros that walk a list. */
const LOOPS = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/**
 * Finds conditions that type-check but could block detections for ever: `matches`, a backtracking regular expression (28
 * characters can take seconds), and a loop inside a loop, whose cost is an unbounded product.
 */
export function findForbidden(node: ASTNode, insideLoop = false): ExpressionProblem[] {
  const name = node.op === 'call' || node.op === 'rcall' ? node.args[0] : null;
  const isLoop = node.op === 'rcall' && LOOPS.has(node.args[0]);
  const problems: ExpressionProblem[] = [];
  if (name === 'matches') {
    problems.push({
      offset: node.pos,
      message:
        '`matches` is refused: a regular expression can take for ever; use ==, in, contains, startsWith',
    });
  }
  if (isLoop && insideLoop) {
    problems.push({ offset: node.pos, message: `\`${node.args[0]}\` is refused inside another loop` });
  }
  // A loop's list is computed once, before the loop: only the part between its parentheses is inside.
  if (node.op === 'rcall') {
    const [, receiver, inner] = node.args;
    return [
      ...problems,
      ...findForbidden(receiver, insideLoop),
      ...inner.flatMap((child) => findForbidden(child, insideLoop || isLoop)),
    ];
  }
  return [...problems, ...childrenOf(node).flatMap((child) => findForbidden(child, insideLoop))];
}

function childrenOf(node: Exclude<ASTNode, { op: 'rcall' }>): readonly ASTNode[] {
  if (node.op === 'value' || node.op === 'id') return [];
  if (node.op === '.' || node.op === '.?') return [node.args[0]];
  if (node.op === '!_' || node.op === '-_') return [node.args];
  if (node.op === 'call') return node.args[1];
  if (node.op === 'map') return node.args.flat();
  return node.args;
}
