using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Granary.Domain.Capture.Mapping;

/// <summary>Which headings are usual for which field, in Chinese and English.</summary>
internal static partial class HeadingWords
{
    // Whole headings, as HeadingIndex.Loose leaves them.
    private static readonly FrozenDictionary<string, string> Whole = Words(
        ("channel", "渠道 来源 来源渠道 线索来源 客户来源 数据来源 渠道来源 获客渠道 渠道名称 channel source leadsource leadchannel origin"),
        ("channel.level1", "一级来源 一级渠道 来源一级 渠道一级 大类渠道 渠道大类 来源大类 channellevel1 sourcelevel1"),
        ("channel.level2", "二级来源 二级渠道 来源二级 渠道二级 渠道小类 来源小类 子渠道 来源明细 channellevel2 sourcelevel2 subchannel subsource"),
        ("campaign", "市场活动 活动 活动名称 推广活动 推广计划 计划名称 计划 campaign campaignname"),
        ("keyword", "关键词 搜索词 搜索关键词 触发词 keyword keywords searchterm"),
        ("content", "内容 内容名称 创意 创意名称 素材 content creative"),
        ("utm.source", "utmsource"),
        ("utm.medium", "utmmedium"),
        ("utm.campaign", "utmcampaign"),
        ("utm.term", "utmterm"),
        ("utm.content", "utmcontent"),
        ("landingPage", "落地页 着陆页 落地页地址 落地页链接 landingpage landingpageurl landingurl"),
        ("referrer", "来源页 来源网址 来源链接 引荐来源 上一页 referrer referer referringpage"),
        ("referredBy", "推荐人 介绍人 引荐人 转介绍人 分享人 referredby referrername"),
        ("receivedAt", "接收时间 收到时间 创建时间 创建日期 提交时间 提交日期 留资时间 线索时间 录入时间 登记时间 登记日期 咨询时间 时间 日期 date time createdat created createddate createdon createdtime createtime received receivedat submittedat submissiondate leaddate timestamp firstcontactdate"),
        ("externalId", "线索编号 客户编号 编号 线索id 外部编号 外部id 原系统编号 id leadid externalid recordid prospectid mqlid"),
        ("remoteAddress", "ip ip地址 ipaddress"),
        ("company.name", "公司 公司名称 公司名 公司全称 企业 企业名称 企业名 企业全称 单位 单位名称 工作单位 机构名称 客户名称 客户公司 客户单位 所在公司 所属公司 商户名称 company companyname account accountname organization organisation organizationname organisationname employer businessname"),
        ("company.creditCode", "统一社会信用代码 社会信用代码 信用代码 税号 纳税人识别号 creditcode uscc unifiedsocialcreditcode"),
        ("company.industry", "行业 所属行业 所在行业 行业类别 行业分类 客户行业 industry sector businesssegment"),
        ("company.size", "客户规模 公司规模 企业规模 规模 人员规模 单位规模 companysize size"),
        ("company.headcount", "人数 员工数 员工人数 公司人数 企业人数 headcount employees numberofemployees employeecount"),
        ("company.region", "地区 区域 所在地区 省市 省份城市 所在省市 所在地 省市区 归属地 region location area"),
        ("company.province", "省份 省 所在省份 所属省份 所在省 province state stateprovince"),
        ("company.city", "城市 市 所在城市 所属城市 地市 city town"),
        ("contact.name", "姓名 名字 联系人 联系人姓名 客户姓名 客户联系人 称呼 学员姓名 用户姓名 线索姓名 线索名称 name fullname contact contactname contactperson leadname customername yourname"),
        ("contact.title", "职位 职务 岗位 职称 联系人职位 职位名称 title jobtitle position jobposition occupation"),
        ("contact.role", "角色 决策角色 采购角色 购买角色 联系人角色 role buyingrole decisionrole"),
        ("contact.phones", "电话 手机 手机号 手机号码 联系电话 电话号码 联系方式 移动电话 联系人电话 联系手机 固定电话 座机 固话 办公电话 备用电话 备用手机 客户电话 电话1 电话2 手机1 手机2 phone phones phonenumber mobile mobilephone mobilenumber mobileno cell cellphone tel telephone telno contactnumber contactphone workphone phone1 phone2"),
        ("contact.emails", "邮箱 电子邮箱 邮件 邮箱地址 电子邮件 联系邮箱 工作邮箱 企业邮箱 email emails mail emailaddress mailaddress workemail contactemail"),
        ("contact.wechat", "微信 微信号 微信id 联系微信 wechat wechatid weixin wx"),
        ("requirement", "需求 需求描述 客户需求 需求内容 需求说明 具体需求 咨询内容 留言 留言内容 备注 备注信息 说明 描述 附言 requirement requirements need needs note notes comment comments message remark remarks description inquiry enquiry"),
        ("products", "产品 意向产品 产品名称 感兴趣产品 关注产品 需求产品 咨询产品 意向课程 product products productinterest interestedproduct productofinterest"),
        ("budget", "预算 预算金额 项目预算 采购预算 客户预算 预算范围 预计金额 budget budgetamount amount budgetrange"),
        ("budget.min", "最低预算 预算下限 budgetmin minbudget"),
        ("budget.max", "最高预算 预算上限 budgetmax maxbudget"),
        ("budget.match", "预算匹配 预算匹配度 budgetmatch budgetfit"),
        ("purchaseBy", "预计采购时间 采购时间 计划采购时间 购买时间 预计购买时间 预计成交日期 预计成交时间 计划时间 purchaseby purchasedate expectedpurchase expectedclosedate purchasetime"),
        ("tags", "标签 客户标签 线索标签 tag tags label labels"),
        ("consent.given", "同意联系 是否同意 隐私同意 同意隐私政策 是否同意联系 consent optin consentgiven gdprconsent"));

    // Parts of headings, the telling ones first: 公司规模 is a size, not a company.
    private static readonly (string Part, string Target)[] Parts =
    [
        ("信用代码", "company.creditCode"), ("规模", "company.size"), ("人数", "company.headcount"), ("行业", "company.industry"),
        ("industry", "company.industry"), ("companysize", "company.size"), ("headcount", "company.headcount"),
        ("微信号", "contact.wechat"), ("wechat", "contact.wechat"), ("邮箱", "contact.emails"), ("email", "contact.emails"),
        ("手机", "contact.phones"), ("电话", "contact.phones"), ("mobile", "contact.phones"), ("phone", "contact.phones"),
        ("一级来源", "channel.level1"), ("二级来源", "channel.level2"), ("一级渠道", "channel.level1"), ("二级渠道", "channel.level2"),
        ("落地页", "landingPage"), ("landingpage", "landingPage"), ("关键词", "keyword"), ("keyword", "keyword"),
        ("预算", "budget"), ("budget", "budget"), ("职位", "contact.title"), ("职务", "contact.title"), ("jobtitle", "contact.title"),
        ("采购时间", "purchaseBy"), ("提交时间", "receivedAt"), ("创建时间", "receivedAt"), ("接收时间", "receivedAt"),
        ("公司名", "company.name"), ("企业名", "company.name"), ("单位名", "company.name"), ("companyname", "company.name"),
        ("联系人", "contact.name"), ("姓名", "contact.name"), ("省份", "company.province"), ("province", "company.province"),
        ("城市", "company.city"), ("需求", "requirement"), ("备注", "requirement"), ("产品", "products"), ("product", "products"),
        ("标签", "tags"), ("来源", "channel"), ("渠道", "channel"), ("leadsource", "channel"),
    ];

    private static readonly string[] Denials = ["donot", "dont", "不", "非", "是否", "lost", "last"];

    /// <summary>The field of a heading and how sure that is; null when no word is known.</summary>
    public static (string? Target, double Confidence) Find(string heading)
    {
        var name = HeadingIndex.Loose(Brackets().Replace(CellText.Fold(heading), ""));
        if (Whole.TryGetValue(name, out var target) || Whole.TryGetValue(HeadingIndex.Loose(heading), out target))
        {
            return (target, 0.95);
        }

        foreach (var denial in Denials)
        {
            if (name.StartsWith(denial, StringComparison.Ordinal))
            {
                return (null, 0);
            }
        }

        foreach (var (part, of) in Parts)
        {
            if (name.Contains(part, StringComparison.Ordinal))
            {
                return (of, 0.6);
            }
        }

        return (null, 0);
    }

    /// <summary>The unit a heading names, as in <c>预算（万元）</c>; null for none.</summary>
    public static string? Unit(string heading)
    {
        foreach (var match in Brackets().EnumerateMatches(CellText.Fold(heading)))
        {
            var inside = CellText.Fold(heading).Substring(match.Index, match.Length).Trim('(', ')', '[', ']', '【', '】', ' ');
            var unit = inside.TrimEnd('元').Replace("单位:", "", StringComparison.Ordinal);
            if (Scaled.Factor(unit) is not null)
            {
                return unit;
            }
        }

        return null;
    }

    private static FrozenDictionary<string, string> Words(params (string Target, string Headings)[] lists)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (target, headings) in lists)
        {
            foreach (var heading in headings.Split(' '))
            {
                all.Add(heading, target);
            }
        }

        return all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"[(\[【][^)\]】]*[)\]】]", RegexOptions.CultureInvariant)]
    private static partial Regex Brackets();
}
