/** Enterprises: the list, and of one its facts, verdicts and history. */
import { z } from 'zod';
import { HEADLINE_TIERS } from '../../machines/states.ts';
import { loadFacts, loadRecorded } from '../queries/facts.server.ts';
import { enterpriseByCode, type EnterpriseHead } from '../queries/enterprise.server.ts';
import {
  ENTERPRISE_SORTS,
  GAPS,
  listEnterprises,
  ORIGINS,
  PRESENCES,
  readEnterpriseFilter,
  type EnterpriseRow,
  type EnterpriseSort,
} from '../queries/enterprises.server.ts';
import { operatorValuesOn } from '../queries/operator-values.server.ts';
import { parkTree, type Scope } from '../queries/scope.server.ts';
import { accountNames } from '../queries/submissions.server.ts';
import { eventLog } from '../queries/timeline-items.server.ts';
import { INDUSTRY_SECTIONS } from '../rules/facts/sections.ts';
import { writeFacts } from '../rules/facts/written.ts';
import { ApiError } from '../services/api-error.ts';
import { assessFacts, checkRequest } from '../services/assess.server.ts';
import { choice, countText } from '../services/parameters.ts';
import { json, lines, type ApiVisit, type Asked, type Endpoint, type Parameter } from './endpoint.ts';
import { ACTION, AS_OF, ON, PARK, parkIdsOf, RULE, SCHEME, schemeText, text, USCC } from './parameters.ts';

const MOST = 1000;
const LIMIT: Parameter<number> = {
  name: 'limit',
  label: `每页家数，至多 ${MOST}；缺省 100`,
  type: countText.refine((count) => count <= MOST, `应不大于 ${MOST}`),
};
const sorts = ENTERPRISE_SORTS.flatMap((key) => [key, `-${key}`] as const);
const SORT: Parameter<(typeof sorts)[number]> = {
  name: 'sort',
  label: '排序，前加 - 为倒序；缺省 name',
  type: choice(sorts),
};
const CURSOR: Parameter<string> = { name: 'cursor', label: '上一页给出的 next', type: z.string().max(2000) };

/** The filters of the list page, under the same names. */
const FILTERS: readonly Parameter[] = [
  { name: 'q', label: '名称、拼音、代码、曾用名、股票代码', type: text },
  { name: 'tier', label: '最高称号，none 为无', type: choice([...HEADLINE_TIERS, 'none']) },
  { name: 'title', label: '持有的有效称号', type: schemeText },
  { name: 'section', label: '行业门类字母', type: choice(INDUSTRY_SECTIONS.map(([letter]) => letter)) },
  { name: 'presence', label: 'present 在册、gone 已注销或迁出', type: choice(PRESENCES) },
  { name: 'origin', label: 'home 本地培育、moved 园外迁入', type: choice(ORIGINS) },
  { name: 'located', label: '1 为仅实体在地', type: choice(['1']) },
  {
    name: 'gap',
    label: '缺什么：figures 上一年度数据、industry 行业代码、code 代码存疑',
    type: choice(GAPS),
  },
  {
    name: 'expiring',
    label: '若干天内有称号到期，至多 3660',
    type: countText.refine((days) => days <= 3660, '应不大于 3660'),
  },
  {
    name: 'stage',
    label: '阶段，写作 lane:scheme:state，同漏斗页的链接',
    type: z.string().regex(/^\w+:\w+(:[\w.-]*)?$/, '应写作 lane:scheme:state'),
  },
];

const place = z.tuple([z.enum(ENTERPRISE_SORTS), z.boolean(), z.string(), z.number().int()]);
type Sort = { key: EnterpriseSort; down: boolean };

const cursorOf = (row: EnterpriseRow, { key, down }: Sort): string =>
  Buffer.from(JSON.stringify([key, down, row[key], row.id])).toString('base64url');

function placeOf(cursor: string | undefined, sort: Sort): { value: string; id: number } | null {
  if (cursor === undefined) return null;
  try {
    const [key, down, value, id] = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    if (key === sort.key && down === sort.down) return { value, id };
  } catch {
    // Told below: whatever is wrong with it, it is none of ours.
  }
  throw new ApiError('invalid', 'cursor 应为同一排序的上一页给出的 next', CURSOR.name);
}

const inYuan = (fen: number | null) => (fen === null ? null : fen / 100);

/** A row in the units of the contract. */
const shown = ({
  usccFlag,
  tier,
  titles,
  employees,
  revenue,
  rdExpense,
  id: _id,
  ...row
}: EnterpriseRow) => ({
  ...row,
  headline: tier,
  titles,
  employees: inYuan(employees),
  revenue: inYuan(revenue),
  rdExpense: inYuan(rdExpense),
  flag: usccFlag,
});

function list(visit: ApiVisit, asked: Asked) {
  const parkIds = parkIdsOf(visit, asked);
  const today = visit.clock.today();
  const asOf = asked.get(AS_OF) ?? today;
  const scope: Scope = { park: null, parkName: null, parkIds, asOf, isToday: asOf === today };
  const by = asked.get(SORT) ?? 'name';
  const sort = { key: by.replace('-', '') as EnterpriseSort, down: by.startsWith('-') };
  const size = asked.get(LIMIT) ?? 100;
  const { rows, total } = listEnterprises(visit.db, readEnterpriseFilter(asked.query), scope, {
    sort,
    page: 1,
    // One more tells whether there is a next page.
    size: size + 1,
    after: placeOf(asked.get(CURSOR), sort),
  });
  const page = rows.slice(0, size);
  const next = rows.length > size ? cursorOf(page.at(-1)!, sort) : null;
  return json({ asOf, total, items: page.map(shown), next });
}

/** The enterprise of a code, where the caller may see it. @throws ApiError `forbidden`, `not-found` */
function enterpriseOf({ db, caller }: ApiVisit, asked: Asked): EnterpriseHead {
  const head = enterpriseByCode(db, asked.need(USCC));
  // Another's code is answered alike, whether the park knows it or not.
  if (caller?.role === 'enterprise' && (head === null || head.id !== caller.enterpriseId))
    throw new ApiError('forbidden', '只能看本企业', USCC.name);
  const parks = caller?.parkIds ?? null;
  const parkId = parkTree(db).find(({ code }) => code === head?.parkCode)?.id;
  if (head === null || (parks !== null && (parkId === undefined || !parks.includes(parkId))))
    throw new ApiError('not-found', '没有这家企业：代码可能有误', USCC.name);
  return head;
}

const OF_ONE = { like: '_app.enterprises.$uscc._index', own: '_app.my._index' } as const;

export const ENTERPRISE_ENDPOINTS: readonly Endpoint[] = [
  {
    id: 'enterprises',
    method: 'GET',
    path: '/enterprises',
    title: '企业名单',
    says: '每页 items，下一页用 next 作 cursor 再取，next 为 null 时已到末页；total 为符合条件的家数。金额单位元。筛选与企业页面相同。',
    like: '_app.enterprises._index',
    parameters: [...FILTERS, PARK, AS_OF, SORT, LIMIT, CURSOR],
    gives: 'json',
    shape: 'enterprisePage',
    example: '?tier=hnte&limit=50',
    run: list,
  },
  {
    id: 'enterprise',
    method: 'GET',
    path: '/enterprises/{uscc}',
    title: '一家企业的事实',
    says: '现行的事实，写法同 schema/facts；带来源的值写作 { value, source, knownAt }。可以原样用于判定或导入。',
    ...OF_ONE,
    parameters: [USCC],
    gives: 'json',
    shape: 'facts',
    example: '91110108MA001007X3',
    run: (visit, asked) => json(writeFacts(loadRecorded(visit.db, enterpriseOf(visit, asked).id), true)),
  },
  {
    id: 'verdicts',
    method: 'GET',
    path: '/enterprises/{uscc}/verdicts',
    title: '一家企业的判定',
    says: '每行一个判定，写法同 schema/verdict；没有适用规则的称号不列出。',
    ...OF_ONE,
    parameters: [USCC, SCHEME, ACTION, ON, RULE],
    gives: 'lines',
    shape: 'verdict',
    command: 'tidu assess --json 中该企业的各行',
    example: '91110108MA001007X3/verdicts?scheme=giant',
    run: (visit, asked) => {
      const { id } = enterpriseOf(visit, asked);
      const request = assessRequestOf(visit, asked);
      const operatorValues = operatorValuesOn(visit.db, request.on);
      return lines(assessFacts(loadFacts(visit.db, id), { ...request, operatorValues }).verdicts);
    },
  },
  {
    id: 'events',
    method: 'GET',
    path: '/enterprises/{uscc}/events',
    title: '一家企业的事件',
    says: '事件日志，每行一个，生效日晚的在前：何事、何日生效、何时得知、谁记录、理由与依据；更正是新的事件（void），被更正的注明 voided。企业读到的与其页面相同，不含园区的理由和经办人。',
    ...OF_ONE,
    parameters: [USCC],
    gives: 'lines',
    shape: 'event',
    example: '91110108MA001007X3/events',
    run: (visit, asked) => {
      const { id } = enterpriseOf(visit, asked);
      // An enterprise reads of itself what its own page tells it.
      const accounts = visit.caller?.role === 'enterprise' ? accountNames(visit.db, id) : null;
      return lines(eventLog(visit.db, id, accounts));
    },
  },
];

/** What is asked of the rules. @throws AppError `invalid` for a rule that is not there or belongs to another scheme */
export const assessRequestOf = ({ clock }: ApiVisit, asked: Asked) =>
  checkRequest({
    schemes: asked.all(SCHEME),
    action: asked.get(ACTION) ?? 'new',
    on: asked.get(ON) ?? clock.today(),
    rule: asked.get(RULE),
  });
