/** The closed lists of words that facts are written in; apart from the schema, so that judging does not need it. */
export const CLASS_ONE_IP = [
  'invention',
  'plantVariety',
  'nationalCrop',
  'nationalNewDrug',
  'tcmProtection',
  'icLayout',
] as const;
export const CLASS_TWO_IP = ['utilityModel', 'design', 'softwareCopyright'] as const;
export const IP_KINDS = [...CLASS_ONE_IP, ...CLASS_TWO_IP] as const;
export const SOURCES = ['official', 'audit', 'statistics', 'self', 'thirdParty', 'inferred'] as const;
export const SIZE_INDUSTRIES = [
  'agriculture',
  'industry',
  'construction',
  'wholesale',
  'retail',
  'transport',
  'warehousing',
  'post',
  'accommodation',
  'catering',
  'telecom',
  'software',
  'realEstate',
  'propertyManagement',
  'leasing',
  'other',
] as const;
export const TITLE_STATUSES = ['valid', 'expired', 'revoked', 'withdrawn'] as const;
export const LEVELS = ['national', 'provincial', 'municipal', 'district', 'other'] as const;
export const CONDUCT_KINDS = [
  'safety',
  'quality',
  'environment',
  'networkSecurity',
  'tax',
  'researchIntegrity',
  'dataFraud',
  'abnormalList',
  'dishonestList',
] as const;
export const SEVERITIES = ['minor', 'larger', 'major', 'extraordinary'] as const;
export type Source = (typeof SOURCES)[number];
