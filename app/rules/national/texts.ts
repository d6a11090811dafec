/** The legal texts, each once. What was not seen is said, never filled in. */
import type { LegalText } from '../source.ts';

const CHECKED = '2026-11-22';
const noLink = (reason = '未见可核实的官方原文链接') => ({ notSeen: reason });

export const HNTE_2016: LegalText = {
  id: 'gkfh-2016-32',
  docNo: '国科发火〔2016〕32号',
  title: '高新技术企业认定管理办法',
  issuer: '科技部、财政部、国家税务总局',
  url: noLink(),
  effectiveFrom: '2016-01-01',
  effectiveTo: null,
  checkedOn: '2026-08-10',
};
export const HNTE_GUIDE_2016: LegalText = {
  id: 'gkfh-2016-195',
  docNo: '国科发火〔2016〕195号',
  title: '高新技术企业认定管理工作指引',
  issuer: '科技部、财政部、国家税务总局',
  url: noLink(),
  effectiveFrom: '2016-01-01',
  effectiveTo: null,
  checkedOn: '2026-08-10',
};
export const GRADIENT_2022: LegalText = {
  id: 'gxbqy-2022-63',
  docNo: '工信部企业〔2022〕63号',
  title: '优质中小企业梯度培育管理暂行办法',
  issuer: '工业和信息化部',
  url: noLink(),
  effectiveFrom: '2022-08-01',
  effectiveTo: null,
  checkedOn: CHECKED,
};
export const GRADIENT_2026: LegalText = {
  id: 'gxbqy-2026-2',
  docNo: '工信部企业〔2026〕2号',
  title: '优质中小企业梯度培育管理办法',
  issuer: '工业和信息化部',
  url: 'https://www.miit.gov.cn/jgsj/qyj/wjfb/art/2026/art_2aa4981e3c9248379bc210c62dbb0569.html',
  effectiveFrom: '2026-04-01',
  effectiveTo: null,
  checkedOn: CHECKED,
};
export const GIANT_NOTICE_2026: LegalText = {
  id: 'gxtqyh-2026-117',
  docNo: '工信厅企业函〔2026〕117号',
  title: '2026 年小巨人申报与复核通知',
  issuer: '工业和信息化部办公厅',
  url: noLink(),
  effectiveFrom: { notSeen: '发文日期未见' },
  effectiveTo: null,
  checkedOn: CHECKED,
};
export const SIZE_2011: LegalText = {
  id: 'gxblqy-2011-300',
  docNo: '工信部联企业〔2011〕300号',
  title: '中小企业划型标准规定',
  issuer: '工业和信息化部、国家统计局、国家发展改革委、财政部',
  url: noLink(),
  effectiveFrom: '2011-06-18',
  effectiveTo: null,
  checkedOn: CHECKED,
};
