import { ranks, type Node } from './ast.ts';

const unaryRank = 7;
const powerRank = 8;
const atomRank = 9;

/**
 * The formula in canonical words: one space around operators, `&& || ! !=` for `and or not <>`, no parentheses that change nothing,
 * periods at the items they move. What is read back from it is the same formula.
 */
export function printFormula(ast: Node): string {
  return printed(ast).text;
}

type Printed = { readonly text: string; readonly rank: number };

const inside = (node: Node, least: number): string => {
  const { text, rank } = printed(node);
  return rank < least ? `(${text})` : text;
};

function printed(node: Node): Printed {
  switch (node.kind) {
    case 'number': return { text: String(node.value), rank: atomRank };
    case 'text': return { text: quoted(node.value), rank: atomRank };
    case 'boolean': return { text: String(node.value), rank: atomRank };
    case 'null': return { text: 'null', rank: atomRank };
    case 'reference': return { text: node.reference.key, rank: atomRank };
    case 'unary': return { text: `${node.operator}${inside(node.operand, unaryRank)}`, rank: unaryRank };
    case 'power': return { text: `${inside(node.base, atomRank)} ^ ${inside(node.exponent, unaryRank)}`, rank: powerRank };
    case 'call': return { text: callText(node.name, node.args.map((arg) => printed(arg).text)), rank: atomRank };
    case 'chain': {
      const rank = ranks[node.rest[0]?.operator ?? '+'];
      const rest = node.rest.map(({ operator, operand }) => ` ${operator} ${inside(operand, rank + 1)}`).join('');
      return { text: `${inside(node.first, rank + 1)}${rest}`, rank };
    }
  }
}

const callText = (name: string, [first = '', ...more]: readonly string[]): string =>
  name === 'is' ? `is(${first} in ${more.join(', ')})` : `${name}(${[first, ...more].join(', ')})`;

/** Control characters as `\uXXXX`, so that a formula stays on one line. */
const quoted = (value: string): string =>
  `"${value.replace(/["\\]/g, '\\$&').replace(/\p{Cc}/gu, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)}"`;
