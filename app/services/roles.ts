/** What a user may be. */
export const ROLES = ['staff', 'section', 'enterprise', 'leadership', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_LABELS: Record<Role, string> = {
  staff: '园区人员',
  section: '科室审核',
  enterprise: '企业',
  leadership: '领导',
  administrator: '系统管理员',
};

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);
