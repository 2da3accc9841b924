using System.Collections.Frozen;

namespace Granary.Domain.Matching;

/// <summary>Words of company names in Latin letters: legal forms, places and trades (§5.2).</summary>
internal static class LatinWords
{
    /// <summary>Legal forms by the law they belong to: forms of different laws are different bodies of one group.</summary>
    private static readonly string[] Forms =
    [
        "inc incorporated corp corporation co company ltd limited llc lc llp lp plc pte pty pvt private coltd bhd sdn berhad public pcl pjsc jsc",
        "gmbh ag kg mbh ug ohg gbr ev kgaa", "sa sas sarl sasu eurl snc", "srl spa", "bv nv vof", "ab aktiebolag", "as asa aps", "oy oyj",
        "kk", "sl slu", "sro", "oo spzoo", "doo", "ooo oao zao pao ao", "ltda eireli", "cv sapi rl", "tbk pt", "se", "scrl", "kft zrt nyrt",
    ];

    private const string Trades = """
        technology=tech technologies=tech tech technical=tech software systems=system system solutions=solution solution services=service service
        electronics=electronic electronic electric electrical=electric energy power industries=industry industrial=industry industry international
        intl=international global worldwide logistics pharma pharmaceutical=pharma pharmaceuticals=pharma biotech biotechnology=biotech bio biosciences
        biologics medical medicine healthcare=health health foods=food food beverage beverages=beverage motor motors=motor automotive=auto auto automobile=auto
        bank banking=bank insurance financial=finance finance capital investment investments=investment partners consulting=consultants consultants
        engineering construction chemicals=chemical chemical materials=material material steel metals=metal metal mining oil gas petroleum telecom
        telecommunications=telecom telekom=telecom communications=communication communication networks=network network networking=network media entertainment games=game
        game studio studios=studio design retail trading=trade trade import export manufacturing=mfg mfg machinery machine equipment instruments=instrument
        instrument semiconductor semiconductors=semiconductor labs=lab lab laboratories=lab laboratory=lab research airlines=airline airline airways aerospace aviation
        shipping marine textiles=textile textile apparel fashion cosmetics furniture realty properties=property property estate education university
        college school hospital hotels=hotel hotel travel tourism digital data cloud security analytics robotics ventures enterprises=enterprise
        enterprise products=product product supply tools=tool tool plastics=plastic plastic packaging printing paper glass ceramics optics=optical optical
        lighting water environmental solar agriculture farms seeds mobile interactive online web internet labs aerosystems dynamics controls=control
        control automation appliances=appliance appliance home consumer commercial resources=resource resource life sciences=science science
        healthineers diagnostics therapeutics devices=device device components=component component parts=part part tires=tire tire rubber cement express freight
        transport transportation=transport rail railway=rail vehicles=vehicle vehicle cars=car car trucks=truck truck battery batteries=battery storage
        """;

    private const string PlaceNames = """
        china=中国 prc=中国 beijing=北京 shanghai=上海 tianjin=天津 chongqing=重庆 guangzhou=广东/广州 shenzhen=广东/深圳 suzhou=江苏/苏州 nanjing=江苏/南京
        wuxi=江苏/无锡 hangzhou=浙江/杭州 ningbo=浙江/宁波 wuhan=湖北/武汉 chengdu=四川/成都 xian=陕西/西安 qingdao=山东/青岛 dalian=辽宁/大连 xiamen=福建/厦门
        hongkong=香港 hk=香港 macau=澳门 taiwan=台湾 japan=japan korea=korea singapore=singapore india=india usa=usa us=usa america=usa uk=uk germany=germany
        deutschland=germany france=france italia=italy italy=italy spain=spain espana=spain brasil=brazil brazil=brazil mexico=mexico canada=canada australia=australia
        malaysia=malaysia thailand=thailand vietnam=vietnam indonesia=indonesia philippines=philippines europe=europe asia=asia apac=asia emea=emea
        """;

    private const string CommonCores = """
        general national american united first global international new royal air china great best star sun golden premier universal central standard
        advanced modern smart pacific atlantic western eastern northern southern north south east west the world one digital
        """;

    private static readonly FrozenDictionary<string, int> FormFamilies = Forms
        .SelectMany(static (forms, family) => Split(forms).Select(form => (form, family)))
        .ToFrozenDictionary(static pair => pair.form, static pair => pair.family, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> TradeWords = Pairs(Trades);
    private static readonly FrozenDictionary<string, string> Places = Pairs(PlaceNames);
    private static readonly FrozenSet<string> Common = Split(CommonCores).ToFrozenSet(StringComparer.Ordinal);

    public static bool IsForm(string word) => FormFamilies.ContainsKey(word);

    /// <summary>Whether two legal forms can be one body's: of one law, or not both known.</summary>
    public static bool SameLaw(string? a, string? b) =>
        a is null || b is null || Family(a) is not { } family || Family(b) is not { } other || family == other;

    public static bool IsTrade(string word) => TradeWords.ContainsKey(word);

    /// <summary>One spelling of a trade word: <c>technologies</c> is <c>tech</c>.</summary>
    public static string Trade(string word) => TradeWords.GetValueOrDefault(word, word);

    public static string? Place(string word) => Places.GetValueOrDefault(word);

    /// <summary>Whether a core alone tells no company.</summary>
    public static bool IsCommon(string core) => Common.Contains(core) || TradeWords.ContainsKey(core);

    /// <summary>The law that a form such as <c>gmbh co kg</c> belongs to: its first word decides.</summary>
    private static int? Family(string form)
    {
        var end = form.IndexOf(' ', StringComparison.Ordinal);
        return FormFamilies.TryGetValue(end < 0 ? form : form[..end], out var family) ? family : null;
    }

    private static FrozenDictionary<string, string> Pairs(string words) => Split(words)
        .Select(static word => word.Split('='))
        .DistinctBy(static parts => parts[0])
        .ToFrozenDictionary(static parts => parts[0], static parts => parts[^1], StringComparer.Ordinal);

    private static string[] Split(string words) =>
        words.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
