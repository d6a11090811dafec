/** Divisions for which windows are published: provinces, and cities that publish their own (GB/T 2260). */
export const REGIONS: readonly { readonly code: string; readonly label: string }[] = [
  { code: '', label: '全国' },
  ...[
    '11北京 12天津 13河北 14山西 15内蒙古 21辽宁 22吉林 23黑龙江 31上海 32江苏 33浙江 34安徽 35福建 36江西 37山东',
    '41河南 42湖北 43湖南 44广东 45广西 46海南 50重庆 51四川 52贵州 53云南 54西藏 61陕西 62甘肃 63青海 64宁夏 65新疆',
    '3201南京 3205苏州 3301杭州 3302宁波 3401合肥 3502厦门 3701济南 3702青岛 4201武汉 4401广州 4403深圳 4404珠海 5101成都 6101西安',
  ].flatMap((line) =>
    line.split(' ').map((text) => {
      const [, code = '', label = ''] = /^(\d+)(.+)$/.exec(text) ?? [];
      return { code, label };
    }),
  ),
];

/** A region in words; its code where it is not in the table. */
export const regionLabel = (code: string): string =>
  REGIONS.find((region) => region.code === code)?.label ?? code;
