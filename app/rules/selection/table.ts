/** Which rule version applies to whom, and when. Dated and cited; application dates inclusive at both ends. */
import type { Day } from '../day.ts';
import type { Action } from '../engine/types.ts';
import { CHAMPION_2023 } from '../national/champion-2023.ts';
import { STATISTICS } from '../national/scale-up.ts';
import { GIANT_NOTICE_2026, GRADIENT_2022, GRADIENT_2026, HNTE_2016 } from '../national/texts.ts';
import { TSME_2017 } from '../national/tsme-2017.ts';
import { GBT_41464 } from '../regional/gazelle-gbt-41464-2022.ts';
import { HUANGPU_GAZELLE } from '../regional/gazelle-huangpu.ts';
import { JINAN_2016 } from '../regional/gazelle-jinan-2016.ts';
import { GUANGDONG_2024 } from '../regional/srdi-guangdong-2024.ts';
import { GEI_2025 } from '../regional/unicorn-gei-2025.ts';
import { HUANGPU_UNICORN } from '../regional/unicorn-huangpu.ts';
import { SHENZHEN_TIERS } from '../regional/unicorn-shenzhen.ts';
import { ZHUHAI_2018, ZHUHAI_2024 } from '../regional/unicorn-zhuhai.ts';
import { cite, type Citation } from '../source.ts';

export interface SelectionRow {
  readonly scheme: string;
  readonly actions: readonly Action[];
  /** First and last application day; null where open. */
  readonly from: Day | null;
  readonly to: Day | null;
  /** Prefix of the GB/T 2260 code of the place of registration; '' for the whole country. */
  readonly region: string;
  readonly rule: string;
  readonly citation: Citation;
  readonly note?: string;
}

const BOTH = ['new', 'renewal'] as const satisfies readonly Action[];
const UNNUMBERED = { notSeen: '施行日期所在条款号未见' };

const row = (
  scheme: string,
  actions: readonly Action[],
  from: Day | null,
  to: Day | null,
  region: string,
  rule: string,
  citation: Citation,
  note?: string,
): SelectionRow => ({
  scheme,
  actions,
  from,
  to,
  region,
  rule,
  citation,
  ...(note ? { note } : {}),
});

const NO_DATE = '文件日期未见，不限起止';
const GUANGDONG = '44';
const SHENZHEN = '4403';
const ZHUHAI = '4404';
const HUANGPU = '440112';
const JINAN = '3701';

export const SELECTION: readonly SelectionRow[] = [
  row(
    'tsme',
    ['new', 'annual', 'renewal'],
    '2017-05-03',
    null,
    '',
    'tsme@2017',
    cite(TSME_2017, UNNUMBERED),
    '每年重新评价，登记编号当年有效',
  ),
  row('isme', BOTH, '2022-08-01', '2026-03-31', '', 'isme@2022', cite(GRADIENT_2022, '附件1')),
  row(
    'isme',
    BOTH,
    '2026-04-01',
    null,
    '',
    'isme@2022',
    cite(GRADIENT_2026, '第三十条'),
    '合并后的科技和创新型标准印发前，仍按 63号 附件1',
  ),
  row(
    'hnte',
    BOTH,
    '2016-01-01',
    null,
    '',
    'hnte@2016',
    cite(HNTE_2016, UNNUMBERED),
    '期满重新认定与新认定条件相同',
  ),
  row('srdi', BOTH, '2022-08-01', '2026-03-31', '', 'srdi@2022', cite(GRADIENT_2022, '附件2')),
  row(
    'srdi',
    BOTH,
    '2025-01-01',
    '2026-03-31',
    GUANGDONG,
    'srdi@guangdong-2024',
    cite(GUANGDONG_2024, UNNUMBERED, 'M-m'),
    '施行日期未见；70 分见于 2025 年的两处页面，故自 2025 年起适用，待核实',
  ),
  row('srdi', BOTH, '2026-04-01', null, '', 'srdi@2026', cite(GRADIENT_2026, '附件1')),
  row('giant', ['new'], '2022-08-01', '2026-03-31', '', 'giant@2022', cite(GRADIENT_2022, '附件3')),
  row('giant', ['new'], '2026-04-01', null, '', 'giant@2026', cite(GRADIENT_2026, '附件2')),
  row(
    'giant',
    ['renewal'],
    '2022-08-01',
    '2026-12-31',
    '',
    'giant@2022',
    cite(GIANT_NOTICE_2026, UNNUMBERED),
    '2026 年复核仍按 63号 标准',
  ),
  row('giant', ['renewal'], '2027-01-01', null, '', 'giant@2026', cite(GRADIENT_2026, '附件2')),
  row(
    'champion',
    BOTH,
    '2023-08-01',
    null,
    '',
    'champion@2023',
    cite(CHAMPION_2023, UNNUMBERED, 'M-m'),
    '138号 的月份为中等可信',
  ),
  row(
    'gazelle',
    BOTH,
    '2022-11-01',
    null,
    '',
    'gazelle@gbt-41464-2022',
    cite(GBT_41464, UNNUMBERED),
    '所在地没有自己的办法时采用',
  ),
  row(
    'gazelle',
    BOTH,
    null,
    null,
    HUANGPU,
    'gazelle@huangpu-undated',
    cite(HUANGPU_GAZELLE, UNNUMBERED),
    NO_DATE,
  ),
  row(
    'gazelleSeedling',
    BOTH,
    null,
    null,
    HUANGPU,
    'gazelleSeedling@huangpu-undated',
    cite(HUANGPU_GAZELLE, UNNUMBERED),
    NO_DATE,
  ),
  row('gazelle', BOTH, '2016-01-01', null, JINAN, 'gazelle@jinan-2016', cite(JINAN_2016, UNNUMBERED)),
  row(
    'gazelle',
    BOTH,
    '2024-03-12',
    null,
    ZHUHAI,
    'gazelle@zhuhai-2024',
    cite(ZHUHAI_2024, UNNUMBERED),
    '数值由运营人员录入',
  ),
  row(
    'gazelleSeedling',
    BOTH,
    '2024-03-12',
    null,
    ZHUHAI,
    'gazelleSeedling@zhuhai-2024',
    cite(ZHUHAI_2024, UNNUMBERED),
    '数值由运营人员录入',
  ),
  row(
    'unicorn',
    BOTH,
    '2025-01-01',
    null,
    '',
    'unicorn@gei-2025',
    cite(GEI_2025, UNNUMBERED),
    '所在地没有自己的办法时采用',
  ),
  row(
    'unicornPotential',
    BOTH,
    '2025-01-01',
    null,
    '',
    'unicornPotential@gei-2025',
    cite(GEI_2025, UNNUMBERED),
    '所在地没有自己的办法时采用',
  ),
  row(
    'unicorn',
    BOTH,
    null,
    null,
    SHENZHEN,
    'unicorn@shenzhen-undated',
    cite(SHENZHEN_TIERS, UNNUMBERED),
    NO_DATE,
  ),
  row(
    'unicornPotential',
    BOTH,
    null,
    null,
    SHENZHEN,
    'unicornPotential@shenzhen-undated',
    cite(SHENZHEN_TIERS, UNNUMBERED),
    NO_DATE,
  ),
  row(
    'unicornSeed',
    BOTH,
    null,
    null,
    SHENZHEN,
    'unicornSeed@shenzhen-undated',
    cite(SHENZHEN_TIERS, UNNUMBERED),
    NO_DATE,
  ),
  row(
    'unicorn',
    BOTH,
    null,
    null,
    HUANGPU,
    'unicorn@huangpu-undated',
    cite(HUANGPU_UNICORN, UNNUMBERED),
    NO_DATE,
  ),
  row(
    'unicornPotential',
    BOTH,
    null,
    null,
    HUANGPU,
    'unicornPotential@huangpu-undated',
    cite(HUANGPU_UNICORN, UNNUMBERED),
    NO_DATE,
  ),
  row(
    'unicorn',
    BOTH,
    '2018-09-16',
    '2024-03-11',
    ZHUHAI,
    'unicorn@zhuhai-2018',
    cite(ZHUHAI_2018, '一（一）'),
  ),
  row(
    'unicornPotential',
    BOTH,
    '2018-09-16',
    '2024-03-11',
    ZHUHAI,
    'unicornPotential@zhuhai-2018',
    cite(ZHUHAI_2018, '一（一）'),
  ),
  row(
    'unicornSeed',
    BOTH,
    '2018-09-16',
    '2024-03-11',
    ZHUHAI,
    'unicornSeed@zhuhai-2018',
    cite(ZHUHAI_2018, '一（一）'),
  ),
  row(
    'unicorn',
    BOTH,
    '2024-03-12',
    null,
    ZHUHAI,
    'unicorn@zhuhai-2024',
    cite(ZHUHAI_2024, UNNUMBERED),
    '数值由运营人员录入',
  ),
  row(
    'unicornPotential',
    BOTH,
    '2024-03-12',
    null,
    ZHUHAI,
    'unicornPotential@zhuhai-2024',
    cite(ZHUHAI_2024, UNNUMBERED),
    '数值由运营人员录入',
  ),
  row(
    'unicornSeed',
    BOTH,
    '2024-03-12',
    null,
    ZHUHAI,
    'unicornSeed@zhuhai-2024',
    cite(ZHUHAI_2024, UNNUMBERED),
    '数值由运营人员录入',
  ),
  row('scaleUp', ['new'], '2011-01-01', null, '', 'scaleUp@statistics-undated', cite(STATISTICS, UNNUMBERED)),
];
