/** What a figure counts, by the words of its own clause. */
import { clausePart, type Figure } from './sentences.ts';

/** Periods that stand without a year. */
export const BARE_PERIOD =
  /(?:前?[一二三四1-4]季度|[上下]半年|全年|本月|当月|本季度?|今年以来|目前|现有|当前|十[二三四五]五|[近过][一二两三四五]年|五年来)/g;

/** Words that change nothing of what is counted. */
const NEUTRAL =
  /截至|截止|年末|年底|全年|全部|共计|合计|共有?|总计|实现|完成|达到?|拥有|现有|[为是有已约的了]|总数|总量|总额|数量|家数|合计数|额$|数$|^(?:可|则|而|并|且|其|故)/g;
const OWN_PARK = /^(?:园区|我园|本园|全园)/;

/** The words of the clause before a figure, without its dates. */
export const wordsOf = (figure: Figure): string =>
  clausePart(figure.before)
    .replace(/\d[\d年月日季度底末初半上下\-—~至份]*/g, '')
    .replace(BARE_PERIOD, '');

/** Such words, or the label of an indicator, without what changes nothing. */
export const counted = (words: string): string => words.replace(NEUTRAL, '').replace(OWN_PARK, '');
