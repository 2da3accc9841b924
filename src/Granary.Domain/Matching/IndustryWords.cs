using System.Collections.Frozen;

namespace Granary.Domain.Matching;

/// <summary>Words of trade and product that follow the core of a Chinese company name (§5.2), by trade.</summary>
internal static class IndustryWords
{
    private const string General = """
        实业 发展 产业 企业 工业 商业 事业 投资 开发 经营 管理 服务 控股 国际 环球 全球 综合 联合 合作 运营 营销 销售 贸易 商贸 工贸 外贸 进出口 物资 物产 资源 资产 资本 创业 创新 创投 风投 基金 股权 信托 咨询 顾问 策划 策略 设计 研究 研发 检测
        检验 检疫 认证 监理 评估 测试 试验 代理 经纪 租赁 拍卖 典当 担保 中介 劳务 人力 人才 猎头 外包 派遣 培训 教育 学校 学院 大学 中学 小学 幼儿园 科技 技术 科学 高科 高科技 高新 高新技术 新技术 自动化 自控 智能 智能化 智慧 智控 智造 智联 数字
        数字化 数码 数据 大数据 制造 加工 生产 装备 设备 器材 材料 用品 制品 产品 商品 系统 工程 建设 建筑 安装 装修 维修 修理 配套 配件 部件 零部件 零件 组件 构件 集成 应用 专用 通用 特种 特殊 精密 精工 精机 精细 精制 重型 轻型 大型 微型 高端
        先进 现代 新型 复合 民用 工业园 科技园 园区 产业园 开发区 孵化器 众创 空间 中心 总公司 工厂 总厂 分厂 车间 基地 实验室 研究院 研究所 设计院 设计所 勘察 勘测 测绘 规划
        """;

    private const string Information = """
        信息 信息技术 信息科技 信息化 资讯 软件 软件园 硬件 网络 互联 互联网 物联 物联网 云计算 云服务 云数据 计算 计算机 电脑 服务器 存储 人工智能 机器人 区块链 通信 通讯 电信 电讯 移动 联通 卫星 导航 北斗 遥感 地理信息 视讯 视频 视像 音频 音视频
        广播 电视 广电 传输 传媒 传播 媒体 新媒体 融媒体 广告 公关 会展 展览 展示 会议 会务 出版 发行 印刷 印务 报业 报纸 杂志 图书 书店 文化 创意 文创 动漫 游戏 互娱 娱乐 影视 影业 影城 电影 院线 演艺 音乐 体育 健身 电竞 电子商务 电商 网购 直播
        短视频 芯片 半导体 微电子 电子 元件 元器件 器件 传感 传感器 显示 显示屏 触控 液晶 面板 光电 光电子 光学 光通信 光纤 光缆 光网 激光 红外 光源 光伏 光磁 磁电 电声 声学 声光 线缆 电线 电缆 电路 电路板 线路板 覆铜板 连接器 接插件 继电器 电容
        电容器 电阻 电感 晶体 晶振 石英 射频 微波 天线 雷达 仪器 仪表 测控 测量 计量 控制 安防 安全 监控 识别 支付 财税 票务 打印 办公 文具 耗材 终端 手机 数控 工控 模块 嵌入式 商务 网通 在线 品牌 品牌管理 国贸 监测 分析 模拟 仿真 孪生 遥测 探测
        探伤 显控 触摸 光芯 密码 加密 认知 语音 智库 云图
        """;

    private const string Machinery = """
        机械 机电 电机 机床 机器 机具 机车 重工 重机 重装 重科 矿机 农机 纺机 轻工 轻机 起重 起重机 电梯 升降机 输送 输送机 搬运 叉车 立体仓库 压缩机 空压机 风机 水泵 泵业 阀门 阀业 管道 管件 管业 管材 管桩 液压 气动 传动 动力 轴承 齿轮 链条 弹簧
        紧固件 标准件 铸造 锻造 锻压 铸件 锻件 冲压 模具 模塑 刀具 工具 五金 锁业 锁具 门业 门窗 幕墙 卷帘 焊接 焊材 切割 热处理 表面处理 涂装 喷涂 电镀 真空 低温 深冷 冷冻 制冷 冷链 空调 暖通 通风 空气 换热 换热器 热能 热力 热电 供热 热工 锅炉
        窑炉 工业炉 燃烧 燃气 燃气具 内燃机 柴油机 发动机 涡轮 汽轮机 发电 发电机 变压器 电器 电气 电工 电控 开关 配电 输配电 输变电 电网 电站 电源 电池 蓄电池 锂电 锂电池 锂业 锂能 充电 充电桩 储能 照明 灯具 灯饰 汽车 汽车饰件 汽配 汽饰 汽贸 车辆
        车身 车业 客车 商用车 轮胎 车轮 轮毂 曲轴 制动 制动器 离合器 减震 底盘 座椅 摩托车 电动车 自行车 单车 轨道 铁路 高铁 铁道 航空 航天 飞机 无人机 通航 航发 船舶 造船 船业 船务 海工 海洋 军工 防务 民爆 防爆 消防 包装 印包 称重 衡器 缝制
        缝纫机 钟表 眼镜 乐器 钢琴 玩具 童车 箱包 皮具 户外 运动 园艺 花卉 园林 景观 绿化 生态 人体工学 继保 继电保护 铁塔 清洗 干燥 粉体 过滤 分离 离心 磨具 磨料 量具 轮业 胎业 帘线 减速机 减速器 电驱 热控 热泵 燃机 卡车 专用车 环卫车 3d打印
        增材 激光器 刀片 锯业 针业 机柜 机箱 柜业 厨柜 集成灶 热水器 净水器 净化器 风扇 烟机 灶具 船用 舰船 浮体 锚链 钢帘线
        """;

    private const string Materials = """
        新材料 新材 复合材料 复材 高分子 磁材 磁性 磁性材料 磁业 特材 核材 功能材料 建材 建筑材料 型材 板材 板业 棒材 线材 带业 薄膜 膜科技 膜业 塑料 塑胶 塑业 橡胶 橡塑 胶业 胶粘 硅业 有机硅 氟材料 树脂 涂料 油漆 漆业 颜料 染料 染化 助剂 油墨 炭黑
        碳素 炭素 碳纤维 石墨 石墨烯 纳米 陶瓷 瓷业 瓷砖 卫浴 洁具 卫厨 厨卫 厨具 厨电 玻璃 玻纤 石材 石业 水泥 混凝土 砼业 砂石 耐火材料 耐材 保温 隔热 防水 密封 防腐 防护 钢铁 钢业 特钢 不锈 不锈钢 钢管 钢构 钢结构 钢材 钢绳 钢丝 金属 有色
        有色金属 贵金属 稀土 稀有金属 轻合金 合金 铝业 铝材 铜业 铜材 锌业 铅锌 镍业 钴业 钴镍 钨业 钼业 钛业 钒钛 镁业 锡业 锑业 黄金 金业 银业 铂业 珠宝 首饰 钻石 金饰 矿业 矿产 矿山 采矿 冶金 冶炼 煤业 煤炭 煤矿 煤电 焦煤 焦化 石油 石化 油田
        油服 油气 天然气 油品 润滑油 燃油 化工 化学 煤化工 盐化 盐业 氯碱 纯碱 化肥 肥业 肥料 复合肥 磷化 磷化工 农化 农药 日化 日用化工 化妆品 美妆 香料 香精 气体 炸药 生化 电化 合成 化纤 纤维 合纤 氨纶 涤纶 锦纶 新合纤 能源 新能源 新能
        可再生能源 节能 环保 环境 环境保护 环境治理 环卫 净化 洁净 净水 水务 水处理 水环境 污水 供水 排水 水利 水电 节水 节水灌溉 固废 再生 循环 回收 土壤 修复 大气 除尘 脱硫 电力 电能 绿能 太阳能 风电 风能 核电 核能 氢能 生物质 电投 能投 超纤
        新合金 铝箔 铜箔 箔业 极板 隔膜 电解液 正极 负极 前驱体 硅材料 蓝宝石 靶材 粉末 粉末冶金 焊丝 焊料 炉料 辅料 板纸 塑机 注塑 彩塑 彩印 标签 瓶业 瓶盖 制罐 印铁 制瓶 药包材 药玻 型钢 钢格板 钢球 特种钢 硬质合金 永磁 软磁 磁电子 稀土永磁
        聚合物 聚氨酯 尼龙 改性塑料 胶带 胶膜 光学膜 硅胶 乳胶 密胺 地坪 轻质建材 砼构件 新建材 烟花 制氧 制氢 加气 加油 燃料 生物质能 热电联产 污泥 垃圾 危废 有机肥
        """;

    private const string Life = """
        生物 生物科技 生科 基因 细胞 干细胞 疫苗 诊断 试剂 医学 医疗 医疗器械 医美 器械 医药 药业 药房 药店 大药房 制药 中药 中药材 国药 药辅 药用辅料 原料药 胶囊 药材 药用 血液 血制品 医院 诊所 门诊 门诊部 口腔 齿科 牙科 眼科 骨科 康复 养老 健康
        大健康 保健 保健品 营养 护理 母婴 妇产 体检 医养 动物保健 动保 兽药 宠物 饲料 牧业 畜牧 禽业 养殖 水产 海产 渔业 种业 种子 农业 农牧 农林 林业 森工 木业 竹业 人造板 地板 家具 家居 家私 家纺 家装 家电 家政 家用电器 橱柜 衣柜 床垫 沙发 茶业
        茶叶 粮油 粮食 米业 面业 面粉 油脂 食用油 食品 休闲食品 味业 调味 调味品 酱业 肉业 肉制品 肉类 乳业 乳品 乳制品 奶业 饮料 饮品 矿泉水 酒业 白酒 啤酒 黄酒 葡萄酒 酿酒 稞酒 果业 果蔬 蔬菜 水果 生鲜 农产品 农资 农商 糖业 烘焙 烟草 餐饮 饭店
        酒店 宾馆 旅馆 旅游 旅业 旅行社 旅行 文旅 文化旅游 景区 索道 温泉 度假 度假村 百货 商场 商城 商店 商厦 商社 超市 便利店 连锁 零售 批发 购物中心 供销 市场 专卖店 免税 典藏 服装 服饰 服饰辅料 时装 时尚 女装 男装 童装 内衣 鞋业 鞋服 皮革 皮业
        皮草 羽绒 羊绒 绒业 毛纺 棉业 纺织 纺织品 针织 丝绸 印染 染整 布业 织造 纱业 麻业 纸业 造纸 特纸 特种纸 纸品 纸制品 浆纸 工艺品 工艺 礼品 饰品 美术 艺术 艺术品 古玩 花木 苗木 房地产 地产 置业 物业 置地 城建 城投 城市 市政 路桥 公路 高速
        桥梁 隧道 交通 交建 交投 基建 基础 基础设施 建工 建发 建安 装饰 装潢 精装 集装箱 物流 供应链 快递 速递 货运 客运 运输 海运 航运 水运 港口 港务 机场 仓储 航海 货代 出租车 汽运 出行 金融 金控 金融控股 证券 期货 保险 人寿 财险 财产保险 银行
        农村商业银行 农商银行 农商行 信用社 小额贷款 小贷 融资 财务 会计 税务 律师 律师事务 法律 知识产权 专利 商标 翻译 家教 婚庆 摄影 美容 美发 洗涤 清洁 保洁 保安 安保 租车 驾驶 驾校 电影院 图文 印章 标识 供电 供气 气象 地质 地矿 预制构件 预应力
        卫生 日用品 五交化 土产 畜产 粮贸 棉花 化轻 油运 数科 数智 智电 科贸 科工贸 建科 环科 农科 新零售 酵母 酶制剂 乳酸 氨基酸 维生素 多肽 蛋白 血浆 抗体 细胞治疗 影像 医学影像 医疗影像 医械 医工 药化 药物 药物研究 给药 雾化 内镜 齿轮箱 假肢 视光
        视觉 眼健康 助听 早教 托育 职教 网校 留学 移民 出国 营养品 代餐 零食 坚果 豆制品 豆业 菌业 食用菌 花生 辣椒 酱菜 火锅 卤味 水饺 速冻 速冻食品 冰淇淋 罐头 茶饮 咖啡 糕点 面包 糖果 巧克力 酒庄 醋业 盐业集团 蜂业 蜂产品 蛋业 鸭业 鹅业 鸡业
        猪业 羊业 牛业 驴业 参业 人参 枸杞 林产 林产品 农场 牧场 渔港 种猪 种禽 果品 果汁 瓜果 鲜花 花业 草业 草坪 农贸 集贸 商圈 街区 小镇 特色小镇 乐园 游乐 游乐设备 动物园 海洋馆 滑雪 高尔夫 马术 棋牌 彩票 票业 婚纱 月子 洗浴 足浴 水疗 保姆
        护工 殡葬 墓园 袜业 帽业 手套 衬衫 西服 制衣 领带 毛衣 牛仔 泳装 拉链 纽扣 绣业 蜡染 窗帘 地毯 纸塑 纸箱 彩盒 文教 文体 画材 影像科技 停车 停车场 代驾 物流园 港航 船代 航务 打捞 救捞 引航 航标 地勘 地矿勘查 矿建 冶建 路面 铁建 城轨 地铁
        装配式 装配式建筑 软装 硬装 灯光 舞美 舞台 商管 商置 商地 产城 产业新城 城发 城改 旧改 农发 水投 交运 城运 公交 公共交通 出租 远洋 远洋运输
        """;

    /// <summary>Words for institutions: two names that end in different ones are different bodies (北京大学, 北京大学第一医院).</summary>
    private const string Institutions = """
        大学 学院 中学 小学 学校 幼儿园 医院 诊所 门诊部 研究院 研究所 设计院 设计所 银行 事务所 协会 学会 基金会 商会 联合会 委员会 管理局 出版社 报社 电视台 合作社 酒店 宾馆 饭店
        """;

    /// <summary>Trade words that also are chosen for a core, where a region comes before and a trade after (上海现代制药).</summary>
    private const string ChosenForCores = """
        现代 创新 创意 智慧 环球 全球 联合 先进 数字 通用 时尚 健康 创业 互联 绿能 北斗 中心 海洋 卫星 智联 众创 通达 典藏
        """;

    /// <summary>Written differently, the same trade.</summary>
    private const string Synonyms = """
        光电子=光电 新材料=新材 电子商务=电商 环境保护=环保 房地产=地产 有色金属=有色 文化旅游=文旅 医疗器械=器械 复合材料=复材 磁性材料=磁材
        外贸=进出口 金融控股=金控 钢结构=钢构 农村商业银行=农商银行 农商行=农商银行 物联=物联网 互联=互联网 通讯=通信 生物科技=生科 新能源=新能
        高新技术=高新 高科技=高科 信息科技=信息技术 建筑材料=建材
        """;

    private static readonly FrozenDictionary<string, Word>.AlternateLookup<ReadOnlySpan<char>> Words = Read();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> InstitutionWords =
        Split(Institutions).ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string> CoreWords = Split(ChosenForCores).ToFrozenSet(StringComparer.Ordinal);

    private static readonly int Longest = Words.Dictionary.Keys.Max(static word => word.Length);

    /// <summary>
    /// The longest trade word that the text ends with, such that a core of two letters or more stays before it; null when
    /// there is none.
    /// </summary>
    /// <param name="text">What is left of the name.</param>
    /// <param name="allowWhole">Whether the word may be all of the text.</param>
    public static string? ReadLast(ReadOnlySpan<char> text, bool allowWhole)
    {
        for (var length = Math.Min(Longest, text.Length); length >= 2; length--)
        {
            var rest = text.Length - length;
            if ((rest >= 2 || (rest == 0 && allowWhole)) && Words.TryGetValue(text[^length..], out var word))
                return word.Text;
        }

        return null;
    }

    /// <summary>The single letter of a trade that the text ends with, as in 贵州茅台酒; null for none.</summary>
    public static string? SingleLast(ReadOnlySpan<char> text) => text.IsEmpty ? null : text[^1] switch
    {
        '酒' => "酒",
        '港' => "港",
        '药' => "药",
        '茶' => "茶",
        '糖' => "糖",
        _ => null,
    };

    /// <summary>Whether two words name the same trade.</summary>
    public static bool Same(string a, string b) => Canonical(a) == Canonical(b);

    /// <summary>Whether a trade word can be a core when more trade words follow.</summary>
    public static bool CanBeCore(string word) => CoreWords.Contains(word);

    /// <summary>Whether the text is a trade word: too common to tell a company by itself.</summary>
    public static bool Contains(string text) => Words.ContainsKey(text);

    /// <summary>The institution word that a text of trade words ends with; null for none.</summary>
    public static string? Institution(ReadOnlySpan<char> text)
    {
        for (var length = Math.Min(4, text.Length); length >= 2; length--)
        {
            if (InstitutionWords.TryGetValue(text[^length..], out var word))
                return word;
        }

        return null;
    }

    private static string Canonical(string word) => Words.TryGetValue(word, out var known) ? known.Canonical : word;

    private static FrozenDictionary<string, Word>.AlternateLookup<ReadOnlySpan<char>> Read()
    {
        var words = new Dictionary<string, Word>(StringComparer.Ordinal);
        foreach (var trade in (string[])[General, Information, Machinery, Materials, Life, Institutions])
        {
            foreach (var word in Split(trade))
                words[word] = new Word(word, word);
        }

        foreach (var pair in Split(Synonyms))
        {
            var (word, canonical) = (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]);
            words[word] = new Word(word, canonical);
            words.TryAdd(canonical, new Word(canonical, canonical));
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private static string[] Split(string words) =>
        words.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private readonly record struct Word(string Text, string Canonical);
}
