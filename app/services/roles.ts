/** What a user may be. */
export const ROLES = ['staff', 'enterprise', 'leadership', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

export const ROLE_LABELS: Record<Role, string> = {
  staff: '园区人员',
  enterprise: '企业',
  leadership: '领导',
  administrator: '系统管理员',
};

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);
