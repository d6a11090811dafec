/** Industries of the invented park (GB/T 4754—2017), with what makes their figures differ. */

export interface Industry {
  /** Four-digit class. */
  readonly code: string;
  /** How often it occurs. */
  readonly weight: number;
  /** 国家重点支持的高新技术领域. */
  readonly techField: string;
  /** What such a company calls its trade. */
  readonly trades: readonly string[];
  /** What it makes, for the names of rights. */
  readonly products: readonly string[];
  /** Typical yearly revenue a head, 万元. */
  readonly perHead: number;
  /** How R&D intensity compares with the park's average. */
  readonly research: number;
  /** Whether its class Ⅱ rights are mostly software. */
  readonly software: boolean;
}

const row = (
  code: string,
  weight: number,
  techField: string,
  trades: string,
  products: string,
  perHead: number,
  research: number,
  software = false,
): Industry => ({
  code,
  weight,
  techField,
  trades: trades.split(' '),
  products: products.split(' '),
  perHead,
  research,
  software,
});

export const INDUSTRIES: readonly Industry[] = [
  row('6513', 17, '1.1', '软件 信息 数字', '业务协同平台 数据治理系统 行业应用软件', 42, 1.45, true),
  row('6512', 4, '1.1', '云计算 数据', '中间件 数据库工具 运维支撑平台', 45, 1.5, true),
  row('6520', 6, '1.2', '微电子 芯片 半导体', '电源管理芯片 射频前端芯片 图像处理芯片', 95, 1.9),
  row('6531', 6, '1.5', '智能系统 信息系统', '系统集成方案 视频分析平台 应急指挥系统', 60, 1.0, true),
  row('6550', 3, '1.1', '数据服务 智算', '数据标注平台 模型训练平台 存储服务', 50, 1.5, true),
  row('3973', 4, '1.2', '集成电路 光电', '功率器件 封装模块 传感芯片', 105, 1.4),
  row('3979', 5, '1.6', '电子 元器件', '精密连接器 微型传感器 滤波器', 70, 1.0),
  row('3922', 3, '1.4', '通信 网络设备', '光传输设备 物联网终端 天线模组', 85, 1.2),
  row('3581', 4, '2.4', '医疗设备 影像', '超声诊断设备 监护仪 体外诊断仪器', 70, 1.4),
  row('3584', 5, '2.4', '医疗器械 康复', '微创手术器械 敷料 导管', 62, 1.1),
  row('2720', 4, '2.2', '制药 药业', '缓释制剂 吸入制剂 注射剂', 90, 1.2),
  row('2761', 4, '2.1', '生物 基因', '重组蛋白 诊断试剂 疫苗佐剂', 75, 1.8),
  row('3491', 4, '8.2', '机器人 智能装备', '协作机器人 移动机器人 视觉引导系统', 68, 1.3),
  row('3562', 2, '8.3', '半导体装备 精密设备', '清洗设备 检测设备 贴装设备', 85, 1.5),
  row('3963', 3, '3.1', '无人系统 航空科技', '多旋翼无人机 飞控系统 遥感载荷', 58, 1.4),
  row('3744', 2, '3.1', '航空部件 航空装备', '航空结构件 机载设备 地面保障设备', 72, 1.0),
  row('3841', 3, '6.3', '新能源 电池', '储能电芯 电池管理系统 快充模组', 110, 1.0),
  row('3824', 4, '6.4', '电力电子 电气', '变频器 储能变流器 智能开关', 88, 0.9),
  row('2662', 3, '4.3', '新材料 材料科技', '功能涂层 电子胶黏剂 阻燃材料', 100, 0.8),
  row('4011', 4, '8.1', '自动化 测控', '运动控制器 工业网关 智能仪表', 66, 1.1),
  row('4021', 2, '7.3', '环境监测 环保科技', '水质监测仪 大气监测站 采样设备', 60, 1.0),
  row('7320', 3, '5.2', '研究院 技术研究', '工程验证平台 共性技术方案 中试服务', 45, 1.9),
  row('7452', 2, '5.2', '检测 计量', '可靠性检测 失效分析 认证服务', 40, 0.9),
  row('7491', 1, '5.4', '工业设计 设计', '产品外观设计 结构设计 样机制作', 36, 0.7),
];

/** Trades that seldom lead to a title: the park has them too. */
export const PLAIN_INDUSTRIES: readonly Industry[] = [
  row('5176', 4, '1.1', '电子贸易 数码', '软硬件分销', 180, 0.1),
  row('5179', 4, '8.1', '机电设备 贸易', '设备经销', 170, 0.1),
  row('7224', 2, '5.1', '供应链 物流管理', '供应链服务', 120, 0.2),
  row('3525', 3, '8.3', '模具 精工', '注塑模具 冲压模具', 48, 0.4),
  row('2929', 3, '4.3', '塑胶 塑料制品', '塑料结构件', 55, 0.3),
  row('3311', 2, '8.3', '金属制品 钢构', '金属结构件', 60, 0.3),
  row('6560', 3, '5.1', '咨询 信息咨询', '信息化咨询', 38, 0.5, true),
  row('7482', 1, '5.2', '工程咨询 监理', '工程监理服务', 35, 0.2),
];
