/**
 * TypeBox for the browser: only what writes JSON Schema down. A contract is data here; the server, which owns the checker,
 * uses the real package. `web/schema-builders.test.ts` proves that every contract comes out the same from both.
 */
type Node = Readonly<Record<string, unknown>>;
const optional = Symbol('optional');
const isOptional = (node: Node): boolean => optional in node;

const literalType = (value: unknown): string => typeof value;

function object(properties: Readonly<Record<string, Node>>, options: Node = {}): Node {
  const required = Object.keys(properties).filter((key) => !isOptional(properties[key] ?? {}));
  return { type: 'object', ...(required.length > 0 ? { required } : {}), properties, ...options };
}

export const Type = {
  Any: (options: Node = {}): Node => ({ ...options }),
  Unknown: (options: Node = {}): Node => ({ ...options }),
  Null: (options: Node = {}): Node => ({ type: 'null', ...options }),
  Boolean: (options: Node = {}): Node => ({ type: 'boolean', ...options }),
  String: (options: Node = {}): Node => ({ type: 'string', ...options }),
  Number: (options: Node = {}): Node => ({ type: 'number', ...options }),
  Integer: (options: Node = {}): Node => ({ type: 'integer', ...options }),
  Literal: (value: unknown, options: Node = {}): Node => ({ type: literalType(value), const: value, ...options }),
  Union: (anyOf: readonly Node[], options: Node = {}): Node => ({ anyOf, ...options }),
  Array: (items: Node, options: Node = {}): Node => ({ type: 'array', items, ...options }),
  Tuple: (items: readonly Node[], options: Node = {}): Node => ({ type: 'array', additionalItems: false, items, minItems: items.length, ...options }),
  Object: object,
  Record: (_key: Node, value: Node, options: Node = {}): Node => ({ type: 'object', patternProperties: { '^.*$': value }, ...options }),
  Optional: (node: Node): Node => ({ ...node, [optional]: true }),
  Readonly: (node: Node): Node => node,
  Unsafe: (node: Node): Node => node,
  Partial: (node: { readonly properties?: Readonly<Record<string, Node>> } & Node, options: Node = {}): Node => {
    const loose = Object.entries(node.properties ?? {}).map(([key, value]) => [key, { ...value, [optional]: true }] as const);
    return { type: 'object', properties: Object.fromEntries(loose), ...options };
  },
};
