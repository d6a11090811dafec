/** 口径 of the figures that a review counts from the log of events. Pure data. */
import type { ReviewDefinition } from './tables.ts';

const SOURCE = '事件日志（称号公告、园区办理记录）';
const OWNER = '园区统计负责人';

type Given = Pick<ReviewDefinition, 'id' | 'label' | 'numerator' | 'kind' | 'unit'> &
  Partial<ReviewDefinition>;

const defined = (given: Given): ReviewDefinition => ({
  denominator: null,
  scope: '按本表所列园区、产业、管家、来源与在地范围',
  rounding: '四舍五入',
  digits: given.unit === '%' ? 1 : 0,
  source: SOURCE,
  owner: OWNER,
  ...given,
});

const DEFINITIONS: readonly ReviewDefinition[] = [
  defined({
    id: 'review.enterprises',
    label: '在册企业',
    numerator: '期末已注册、未注销、未迁出、未并入他户的企业，每家计一次',
    kind: 'stock',
    unit: '家',
    source: '企业名录',
  }),
  defined({
    id: 'review.total',
    label: '有梯队称号',
    numerator:
      '期末持有高企、专精特新、小巨人、独角兽任一有效称号的企业；按家每家计一次，按家次每项称号计一次',
    kind: 'stock',
    unit: '家或家次',
  }),
  defined({
    id: 'review.tier-headline',
    label: '就高',
    numerator: '期末以该级为最高有效称号的企业，每家只计一次',
    kind: 'stock',
    unit: '家',
  }),
  defined({
    id: 'review.tier-held',
    label: '累计',
    numerator: '期末持有该有效称号的企业；同时持有多项的，各项均计',
    kind: 'stock',
    unit: '家',
  }),
  defined({
    id: 'review.tier-of-previous',
    label: '占上一级',
    numerator: '该级累计家数',
    denominator: '上一级累计家数；最低一级为在册企业',
    kind: 'stock',
    unit: '%',
  }),
  defined({
    id: 'review.tier-of-start',
    label: '占在册',
    numerator: '该级累计家数',
    denominator: '在册企业',
    kind: 'stock',
    unit: '%',
  }),
  defined({
    id: 'review.stage',
    label: '所处环节',
    numerator: '期末处于该环节的企业；按企业与称号计',
    kind: 'stock',
    unit: '家',
  }),
  defined({
    id: 'review.stage-reached',
    label: '走到此步',
    numerator: '期末处于该环节或其后环节的企业',
    kind: 'stock',
    unit: '家',
  }),
  defined({
    id: 'review.stage-of-previous',
    label: '占上一步',
    numerator: '走到此步的企业',
    denominator: '走到上一步的企业',
    kind: 'stock',
    unit: '%',
  }),
  defined({
    id: 'review.stage-of-start',
    label: '占首步',
    numerator: '走到此步的企业',
    denominator: '走到首步的企业',
    kind: 'stock',
    unit: '%',
  }),
  defined({
    id: 'review.movement-headline',
    label: '就高变动',
    numerator:
      '期初＋新认定＋重新认定＋迁入＋晋级转入－到期－撤销－注销－迁出－晋级转出＝期末；每家企业只计其最高有效称号',
    kind: 'flow',
    unit: '家',
  }),
  defined({
    id: 'review.movement-schemes',
    label: '累计变动',
    numerator: '期初＋新认定＋重新认定＋迁入－到期－撤销－注销－迁出＝期末；每项称号各自计数',
    kind: 'flow',
    unit: '家次',
  }),
  defined({
    id: 'review.flow',
    label: '梯队流动',
    numerator: '期内由左端到右端的变动，按就高；左端合计为期初，右端合计为期末，与就高变动表一致',
    kind: 'flow',
    unit: '家',
  }),
  defined({
    id: 'review.cohort',
    label: '同批入库',
    numerator: '当季（或近四季）进入该称号培育首环节的企业，至期末的去向：已认定、在途、未通过或退出',
    kind: 'flow',
    unit: '家次',
  }),
  defined({
    id: 'review.cohort-rate',
    label: '认定率',
    numerator: '同批中至期末已认定的',
    denominator: '同批入库的',
    kind: 'flow',
    unit: '%',
  }),
  defined({
    id: 'review.step',
    label: '环节时长',
    numerator:
      '近四个完整季度内离开该环节的，其停留天数；期末仍在该环节的时长未定（删失），未计入，故所列可能偏短',
    kind: 'flow',
    unit: '天',
  }),
  defined({
    id: 'review.step-open',
    label: '仍在环节',
    numerator: '期末仍处于该环节的企业',
    kind: 'stock',
    unit: '家',
  }),
  defined({
    id: 'review.comparison',
    label: '比较',
    numerator: '本期、上期与上年同期按同一口径、同一累计区间分别计数',
    kind: 'flow',
    unit: '家或家次',
  }),
  defined({
    id: 'review.change',
    label: '增幅',
    numerator: '本期数减基期数',
    denominator: '基期数；基期为 0 时不计算，以“—”表示',
    kind: 'flow',
    unit: '%',
  }),
];

/** All of them, in the order in which a review shows them. */
export const reviewDefinitions = (): readonly ReviewDefinition[] => DEFINITIONS;
