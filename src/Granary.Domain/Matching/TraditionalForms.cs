using System.Collections.Frozen;

namespace Granary.Domain.Matching;

/// <summary>Traditional letters that company names of Hong Kong, Macao and Taiwan are written with, and their simplified forms.</summary>
internal static class TraditionalForms
{
    private const string Traditional =
        "國際業務資訊電腦網絡軟體實華東廣灣區縣發環農車機醫藥藝團開導證銀險運輸設計產製紙鋼鐵銅鋁礦氣熱動飛龍鳳寶億豐達聯創愛樂聖興榮滬遠進馬鴻偉陽陰" +
        "雲無線測術學門頭廠總會處濟漢長寧蘇閩贛魯遼黃藍綠紅賽維視諾頓貿財經營銷責飲飯館樓園築裝飾貨倉儲齊齒輪鏡鐘錶襪絲綢織紡繡針縫紉膠樹顏塗層壓縮鑄" +
        "鍛軸彈閥鎖鏈條燈戲劇場譜畫繪圖書報誌歷傳臺衛槍砲艦勝慶萬與專單雙節餘盧劉張陳趙吳楊葉許謝鄭羅韓馮鄧蕭賈鄒薑範蘭鵬鶴鷹鴿魚鮮麥糧鹽薦訂購買賣費" +
        "貸價質檢驗護養種獸療點塊識別語義辦標準師員級領隊組協調諮詢參議論壇獎勵恆暉輝燁煒瑩潔淨淵澤濱灘潤滿溫濕獨獅獵璽瑪瑤匯彙";

    private const string Simplified =
        "国际业务资讯电脑网络软体实华东广湾区县发环农车机医药艺团开导证银险运输设计产制纸钢铁铜铝矿气热动飞龙凤宝亿丰达联创爱乐圣兴荣沪远进马鸿伟阳阴" +
        "云无线测术学门头厂总会处济汉长宁苏闽赣鲁辽黄蓝绿红赛维视诺顿贸财经营销责饮饭馆楼园筑装饰货仓储齐齿轮镜钟表袜丝绸织纺绣针缝纫胶树颜涂层压缩铸" +
        "锻轴弹阀锁链条灯戏剧场谱画绘图书报志历传台卫枪炮舰胜庆万与专单双节余卢刘张陈赵吴杨叶许谢郑罗韩冯邓萧贾邹姜范兰鹏鹤鹰鸽鱼鲜麦粮盐荐订购买卖费" +
        "贷价质检验护养种兽疗点块识别语义办标准师员级领队组协调咨询参议论坛奖励恒晖辉烨炜莹洁净渊泽滨滩润满温湿独狮猎玺玛瑶汇汇";

    private static readonly FrozenDictionary<char, char> Forms = Traditional.Zip(Simplified)
        .ToFrozenDictionary(static pair => pair.First, static pair => pair.Second);

    public static char Simplify(char letter) => Forms.TryGetValue(letter, out var simple) ? simple : letter;
}
