/** The shapes of what the interface gives, for its OpenAPI document; a test holds the answers against them. */
import { z } from 'zod';
import { MOVEMENT_COLUMNS } from '../queries/movement.server.ts';
import { jsonSchemaOf } from '../services/json-schema.server.ts';

const count = z.number().int();
const share = z.number().nullable();
const maybe = z.string().nullable();
const day = z.string().meta({ format: 'date' });

const error = z.object({
  error: z.object({
    code: z.string().describe('类别，如 invalid、forbidden、unprocessable'),
    message: z.string().describe('说明，中文'),
    at: maybe.describe('哪里有误：参数名，或内容中的第几行、第几个'),
  }),
});

const endpoint = z.looseObject({ id: z.string(), method: z.string(), path: z.string(), title: z.string() });
const index = z.object({
  name: z.string(),
  version: z.string(),
  help: z.string(),
  endpoints: z.array(endpoint),
});

const enterpriseLine = z.object({
  uscc: z.string(),
  name: z.string(),
  park: maybe,
  industry: maybe.describe('GB/T 4754—2017 代码'),
  registeredOn: day.nullable(),
  stockCode: maybe,
  headline: maybe.describe('最高称号，就高计；null 为无'),
  titles: z.array(z.string()).describe('当日有效的称号'),
  stewards: z.array(z.string()).describe('服务管家'),
  year: count.nullable().describe('下列数值的年度'),
  employees: z.number().nullable(),
  revenue: z.number().nullable().describe('销售收入，未知时为营业收入；元'),
  rdExpense: z.number().nullable().describe('元'),
  updatedAt: z.string(),
  flag: maybe.describe('代码存疑的原因'),
});
const enterprisePage = z.object({
  asOf: day,
  total: count.describe('符合条件的家数'),
  items: z.array(enterpriseLine),
  next: maybe.describe('下一页的 cursor；null 为末页'),
});

const event = z.object({
  id: count,
  scheme: maybe.describe('null 为企业本身的事件'),
  type: z.string(),
  label: z.string(),
  detail: z.string(),
  effectiveOn: day,
  knownAt: z.string().describe('来源何时得知'),
  recordedAt: z.string().describe('何时记录'),
  recordedBy: maybe.describe('谁记录；null 为不告知'),
  reason: maybe,
  evidence: z.string().describe('依据；空为未注明'),
  flags: maybe.describe('与判定或通常次序不一致之处；未被接受的写明理由'),
  accepted: z.boolean(),
  voided: z.boolean().describe('已被更正，不再计入'),
  payload: z.looseObject({}),
});

const candidate = z.object({
  rank: count,
  uscc: maybe,
  name: maybe,
  scheme: z.string(),
  rule: z.string(),
  on: day,
  outcome: z.enum(['eligible', 'ineligible', 'undetermined']),
  figuresOf: count.nullable().describe('最近年度数据未报，按哪一年度的数据预判；null 为已报'),
  distance: z.number().describe('0 为全部满足；越小越接近'),
  met: count,
  unmet: count,
  unknown: count,
  manual: count,
  vetoes: count,
  gaps: z.array(z.object({ id: z.string(), label: z.string(), result: z.string(), gap: share, unit: maybe })),
});

const stage = z.object({
  column: z.string(),
  label: z.string(),
  count,
  reached: count,
  shareOfPrevious: share,
  shareOfStart: share,
});
const state = z.object({ lane: z.string(), state: z.string(), label: z.string(), column: z.string(), count });
const funnel = z.object({
  asOf: day,
  knownAt: maybe,
  enterprises: count,
  inTiers: count,
  tiers: z.array(
    z.object({
      tier: z.string(),
      label: z.string(),
      headline: count.describe('就高'),
      held: count.describe('累计'),
      shareOfPrevious: share,
      shareOfStart: share,
    }),
  ),
  schemes: z.array(
    z.object({
      scheme: z.string(),
      label: z.string(),
      family: z.string(),
      held: count,
      stages: z.array(stage),
      states: z.array(state),
    }),
  ),
  counting: z.string().describe('口径'),
});

const movementRow = z.object({
  row: z.string(),
  label: z.string(),
  ...(Object.fromEntries(MOVEMENT_COLUMNS.map(({ id, label }) => [id, count.describe(label)])) as Record<
    (typeof MOVEMENT_COLUMNS)[number]['id'],
    typeof count
  >),
});
const movement = z.object({
  from: day,
  to: day,
  knownAt: maybe,
  headline: z.array(movementRow).describe('就高'),
  schemes: z.array(movementRow).describe('累计'),
  counting: z.string().describe('口径'),
});

const ruleLine = z.looseObject({
  id: z.string(),
  label: z.string(),
  scheme: z.string(),
  docNos: z.array(z.string()),
});
const named = z.looseObject({ id: z.string(), label: z.string() });
const rule = z.looseObject({ ...named.shape, scheme: z.string(), conditions: z.array(named) });
const machineLine = z.object({
  name: z.string(),
  label: z.string(),
  version: count,
  schemes: z.array(z.string()),
  states: count,
});
const machine = z.looseObject({ name: z.string(), label: z.string(), version: count, svg: maybe });

/** By the name that endpoints give; those of facts and verdicts are the published ones. */
export const SHAPES = {
  error,
  index,
  enterprisePage,
  event,
  candidate,
  funnel,
  movement,
  ruleLine,
  rule,
  machineLine,
  machine,
  object: z.looseObject({}),
} as const;

type Node = Record<string, unknown>;

/** Definitions inside a schema become components of the document, where its references can find them. */
function hoisted(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(hoisted);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string'
        ? value.replace('#/$defs/', '#/components/schemas/')
        : hoisted(value),
    ]),
  );
}

function bare({ $schema: _dialect, ...schema }: Node): Node {
  return schema;
}

/** Every shape as JSON Schema, for `components.schemas` of an OpenAPI 3.1 document. */
export function componentSchemas(): Node {
  const { $defs = {}, ...facts } = bare(jsonSchemaOf('facts'));
  const others = Object.entries(SHAPES).map(([name, shape]) => [
    name,
    bare(z.toJSONSchema(shape, { io: 'output' }) as Node),
  ]);
  return hoisted({
    facts,
    ...($defs as Node),
    verdict: bare(jsonSchemaOf('verdict')),
    ...Object.fromEntries(others),
  }) as Node;
}
