/** The public shapes as JSON Schema, generated from the definitions that the code validates with. */
import { z } from 'zod';
import { factsSchema, SOURCES } from '../rules/facts/schema.ts';
import { verdictSchema } from '../rules/verdict.ts';

type Node = Record<string, unknown>;

export const SCHEMA_NAMES = ['facts', 'verdict'] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];

/** JSON Schema (2020-12) of what the program takes (`facts`) or gives (`verdict`). */
export function jsonSchemaOf(name: SchemaName): Node {
  // Validated on output already; what goes in is wider (numbers or decimal texts).
  if (name === 'verdict') return z.toJSONSchema(verdictSchema, { io: 'output' }) as Node;
  const schema = z.toJSONSchema(factsSchema, { io: 'input', unrepresentable: 'any' }) as Node;
  return {
    ...(sourced(schema) as Node),
    $defs: {
      knownAt: { type: ['string', 'null'], description: '知悉日期，YYYY-MM-DD' },
      source: { enum: [...SOURCES, null] },
    },
  };
}

/** The schema as it is printed. */
export const schemaText = (name: SchemaName): string => JSON.stringify(jsonSchemaOf(name), null, 2);

const SCALARS = new Set(['string', 'number', 'integer', 'boolean']);

/** A leaf: a scalar, an enumeration, or a choice of those. */
function isLeaf(node: Node): boolean {
  if (Array.isArray(node.anyOf))
    return (node.anyOf as Node[]).every((part) => part.type === 'null' || isLeaf(part));
  if (node.enum !== undefined || node.const !== undefined) return true;
  const types = [node.type].flat();
  return (
    types.some((type) => SCALARS.has(type as string)) &&
    types.every((type) => type === 'null' || SCALARS.has(type as string))
  );
}

/** Lets every scalar also be written with its source: `{ "value": …, "source": …, "knownAt": … }`. */
function sourced(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(sourced);
  const schema = node as Node;
  if (isLeaf(schema)) return { anyOf: [schema, withSource(schema)] };
  const copy: Node = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties') copy[key] = mapValues(value as Node, sourced);
    else if (key === 'items' || key === 'additionalProperties' || key === 'anyOf') copy[key] = sourced(value);
    else copy[key] = value;
  }
  return copy;
}

const mapValues = (object: Node, change: (value: unknown) => unknown): Node =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));

function withSource(leaf: Node): Node {
  const { description: _description, ...value } = leaf;
  return {
    type: 'object',
    properties: { value, source: { $ref: '#/$defs/source' }, knownAt: { $ref: '#/$defs/knownAt' } },
    required: ['value'],
    additionalProperties: false,
  };
}
