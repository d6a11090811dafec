/** 工信部联企业〔2011〕300号: lower bounds of large, medium, small; X persons, Y revenue and Z assets in 万元. */
export const SIZES_300: Readonly<
  Record<string, Readonly<Partial<Record<'X' | 'Y' | 'Z', readonly [number, number, number]>>>>
> = {
  agriculture: { Y: [20000, 500, 50] },
  industry: { X: [1000, 300, 20], Y: [40000, 2000, 300] },
  construction: { Y: [80000, 6000, 300], Z: [80000, 5000, 300] },
  wholesale: { X: [200, 20, 5], Y: [40000, 5000, 1000] },
  retail: { X: [300, 50, 10], Y: [20000, 500, 100] },
  transport: { X: [1000, 300, 20], Y: [30000, 3000, 200] },
  warehousing: { X: [200, 100, 20], Y: [30000, 1000, 100] },
  post: { X: [1000, 300, 20], Y: [30000, 2000, 100] },
  accommodation: { X: [300, 100, 10], Y: [10000, 2000, 100] },
  catering: { X: [300, 100, 10], Y: [10000, 2000, 100] },
  telecom: { X: [2000, 100, 10], Y: [100000, 1000, 100] },
  software: { X: [300, 100, 10], Y: [10000, 1000, 50] },
  realEstate: { Y: [200000, 1000, 100], Z: [10000, 5000, 2000] },
  propertyManagement: { X: [1000, 300, 100], Y: [5000, 1000, 500] },
  leasing: { X: [300, 100, 10], Z: [120000, 8000, 100] },
  other: { X: [300, 100, 10] },
};
