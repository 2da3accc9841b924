using System.Net.Http.Headers;
using System.Text;
using Granary.Application.Capture;
using Granary.Application.FollowUp;
using Granary.Application.Opportunities;
using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Domain.FollowUp;
using Granary.Domain.People;
using Granary.Web.Tests.Testing;

namespace Granary.Web.Tests.People.Access;

/// <summary>The kinds of records that routes are about.</summary>
internal static class Samples
{
    private static readonly Relation[] Owned = [Relation.Own, Relation.Team, Relation.Below, Relation.Foreign];

    /// <summary>A lead, owned or in a pool.</summary>
    public static readonly Sample Lead = new(
        "lead", Enum.GetValues<Relation>(), (who, relation) => who.Reaches(Permission.ViewLeads, relation), async (hands, who, relation) => Sample.One(await hands.Lead(who, relation)));

    /// <summary>A lead whose consents are asked for: also those see it who answer persons about their data.</summary>
    public static readonly Sample ConsentLead = Lead with { Sees = (who, relation) => who.Reaches(Permission.ViewLeads, relation) || who.Scope(Permission.ManagePrivacy).HasFlag(DataScope.All) };

    /// <summary>A file of a follow-up of a lead, by its owner.</summary>
    public static readonly Sample File = new("file", Owned, (who, relation) => who.Reaches(Permission.ViewLeads, relation), async (hands, who, relation) =>
    {
        // Who sees no leads follows none up.
        relation = who.Holds(Permission.ViewLeads) ? relation : Relation.Foreign;
        var lead = await hands.Lead(who, relation);
        var author = hands.ProgramOf(hands.Owner(who, relation));
        var followUp = Hands.Id(await Testing.Office.Post(author, $"/api/v1/leads/{lead}/follow-ups", new { method = "call", content = "已电话沟通需求，客户希望下周看演示", nextStep = "演示" }));
        using var form = Upload("files", "报价.pdf", "%PDF-1.7"u8.ToArray());
        using var taken = await author.PostAsync(new Uri($"/api/v1/leads/{lead}/follow-ups/{followUp}/attachments", UriKind.Relative), form, Testing.Office.Ct);
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync(Testing.Office.Ct));
        var file = (await Testing.Office.Get(author, $"/api/v1/leads/{lead}/follow-ups")).GetProperty("items")[0].GetProperty("attachments")[0];
        return new Dictionary<string, string>
        {
            ["id"] = lead.ToString(),
            ["LeadId"] = lead.ToString(),
            ["followUp"] = followUp.ToString(),
            ["Id"] = followUp.ToString(),
            ["file"] = Hands.Id(file).ToString(),
        };
    });

    /// <summary>What an owner asks for about their lead, waiting to be decided.</summary>
    public static readonly Sample Request = new("request", [Relation.Team, Relation.Below, Relation.Foreign], (who, relation) => who.Reaches(Permission.ViewLeads, relation), async (hands, who, relation) =>
    {
        var lead = await hands.Lead(who, relation);
        var asked = await Testing.Office.Post(hands.ProgramOf(hands.Owner(who, relation)), $"/api/v1/leads/{lead}/adjustment-requests", new { reason = "too far away", to = hands.Junior == hands.Owner(who, relation) ? hands.Mate : hands.Junior });
        return Sample.One(Hands.Id(asked));
    });

    /// <summary>A deadline that somebody missed.</summary>
    public static readonly Sample Violation = new("violation", Owned, (who, relation) => relation == Relation.Own || who.Reaches(Permission.ViewLeads, relation), async (hands, who, relation) =>
    {
        var (id, at) = (Guid.NewGuid(), new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero));
        var snapshot = new LeadSnapshot(null, LeadStatus.Pending, "官网", null, null, null, 0, 0, null, at, null, null, 1);
        return Sample.One(await hands.Add(id, new Violation
        {
            Id = id,
            LeadId = await hands.Lead(who, relation),
            OwnershipId = Guid.NewGuid(),
            OwnerId = hands.Owner(who, relation),
            RuleId = SlaPolicy.BuiltIn.Rules[0].Id,
            StartedAt = at,
            Clock = DeadlineClock.Elapsed,
            DeadlineAt = at,
            At = at,
            Evidence = Json.Write(new ViolationEvidence(SlaPolicy.BuiltIn.Rules[0], "somebody", null, null, 0, false, false, snapshot)),
        }));
    });

    /// <summary>An account.</summary>
    public static readonly Sample Account = new("account", Owned, (who, relation) => who.Reaches(Permission.ManageAccounts, relation), async (hands, who, relation) => Sample.One(
        Hands.Id(await Testing.Office.Post(hands.Admin, "/api/v1/accounts", new { name = hands.Fresh("北京纷扬科技有限公司"), ownerId = hands.Owner(who, relation) }))));

    /// <summary>A contact of an account.</summary>
    public static readonly Sample Contact = Account with
    {
        Name = "contact",
        Make = async (hands, who, relation) =>
        {
            var account = await Testing.Office.Post(hands.Admin, "/api/v1/accounts", new { name = hands.Fresh("北京纷扬科技有限公司"), ownerId = hands.Owner(who, relation), contacts = new[] { new { name = "李四" } } });
            var contact = Hands.Id(account.GetProperty("contacts")[0]).ToString();
            return new Dictionary<string, string> { ["id"] = contact, ["Id"] = Hands.Id(account).ToString(), ["ContactId"] = contact };
        },
    };

    /// <summary>A partner.</summary>
    public static readonly Sample Partner = new("partner", Owned, (who, relation) => who.Reaches(Permission.ViewOpportunities, relation), async (hands, who, relation) => Sample.One(
        Hands.Id(await Testing.Office.Post(hands.Admin, "/api/v1/partners", new { name = hands.Fresh("华东渠道"), kind = "dealer", ownerId = hands.Owner(who, relation) }))));

    /// <summary>A campaign that is being evaluated.</summary>
    public static readonly Sample Campaign = new("campaign", Owned, (who, relation) => who.Reaches(Permission.ViewCampaigns, relation), async (hands, who, relation) => Sample.One(
        (await Testing.Office.Post(hands.Admin, "/api/v1/campaigns", new { code = $"walk-{Guid.NewGuid():N}", name = "上海工业展", type = "expo", ownerId = hands.Owner(who, relation) })).GetProperty("campaign").GetProperty("id").GetGuid()));

    /// <summary>A registration of a partner that waits.</summary>
    public static readonly Sample PartnerRegistration = Partner with
    {
        Name = "partner registration",
        Make = async (hands, who, relation) => Sample.One(Hands.Id(await Testing.Office.Post(hands.Admin, "/api/v1/partner-registrations", new
        {
            partnerId = (await Partner.Make(hands, who, relation))["id"],
            kind = "deal",
            company = hands.Fresh("北京纷扬科技有限公司"),
            need = "MES 一期",
        }))),
    };

    /// <summary>A list of named accounts that holds none.</summary>
    public static readonly Sample NamedList = new("named list", Owned, (who, relation) => who.Reaches(Permission.ManageAccounts, relation), async (hands, who, relation) => Sample.One(
        Hands.Id(await Testing.Office.Post(hands.Admin, "/api/v1/named-lists", new { name = hands.Fresh("制造业百强"), source = "ranking", ownerId = hands.Owner(who, relation) }))));

    /// <summary>A named account with a planned touch.</summary>
    public static readonly Sample NamedAccount = Account with
    {
        Name = "named account",
        Make = async (hands, who, relation) =>
        {
            var list = (await NamedList.Make(hands, who, relation))["id"];
            var account = (await Account.Make(hands, who, relation))["id"];
            await Testing.Office.Post(hands.Admin, $"/api/v1/named-lists/{list}/accounts", new { accountIds = new[] { account } });
            var named = Hands.Id((await Testing.Office.Get(hands.Admin, $"/api/v1/named-lists/{list}/accounts")).GetProperty("items")[0]).ToString();
            var planned = await Testing.Office.Post(hands.Admin, $"/api/v1/named-accounts/{named}/touches", new { instrument = "salon", plannedOn = "2026-11-02" });
            await Testing.Office.Post(hands.Admin, $"/api/v1/named-accounts/{named}/checks", new { check = "it_status", evidence = "电话里说过" });
            return new Dictionary<string, string> { ["id"] = named, ["Id"] = named, ["touch"] = Hands.Id(planned.GetProperty("touches")[0]).ToString(), ["check"] = "it_status" };
        },
    };

    /// <summary>An account into which another one was merged.</summary>
    public static readonly Sample AccountMerge = Account with
    {
        Name = "account merge",
        Make = async (hands, who, relation) =>
        {
            var (account, other) = ((await Account.Make(hands, who, relation))["id"], (await Account.Make(hands, who, relation))["id"]);
            var merge = Hands.Id(await Testing.Office.Post(hands.Admin, $"/api/v1/accounts/{account}/merge", new { with = other }));
            return new Dictionary<string, string> { ["id"] = account, ["merge"] = merge.ToString() };
        },
    };

    /// <summary>A lead into which another one was merged.</summary>
    public static readonly Sample LeadMerge = Lead with
    {
        Name = "lead merge",
        Make = async (hands, who, relation) =>
        {
            var (lead, other) = ((await Lead.Make(hands, who, relation))["id"], (await Lead.Make(hands, who, relation))["id"]);
            var merge = Hands.Id(await Testing.Office.Post(hands.Admin, $"/api/v1/leads/{lead}/merge", new { with = other }));
            return new Dictionary<string, string> { ["id"] = lead, ["merge"] = merge.ToString() };
        },
    };

    /// <summary>An opportunity in its first stage.</summary>
    public static readonly Sample Opportunity = new("opportunity", Owned, (who, relation) => who.Reaches(Permission.ViewOpportunities, relation), async (hands, who, relation) =>
    {
        var id = Guid.NewGuid();
        var at = DateTimeOffset.UnixEpoch;
        await hands.Add(id, new Opportunity
        {
            Id = id,
            Code = hands.Fresh("EN-"),
            Name = "走走商机",
            AccountId = Guid.NewGuid(),
            OwnerId = hands.Owner(who, relation),
            Line = "default",
            Stage = "identify",
            StageSince = at,
            Currency = "CNY",
            CreatedAt = at,
            ChangedAt = at,
        });
        return new Dictionary<string, string> { ["id"] = $"{id}", ["Id"] = $"{id}", ["objection"] = $"{Guid.NewGuid()}" };
    });

    /// <summary>A pool.</summary>
    public static readonly Sample Pool = new(
        "pool", [Relation.Pooled, Relation.Elsewhere], (who, relation) => relation == Relation.Pooled || who.Scope(Permission.ViewLeads).HasFlag(DataScope.All),
        (hands, _, relation) => Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>
        {
            ["id"] = $"{hands.Pool(relation)}",
            ["key"] = $"{hands.Pool(relation)}",
            ["Key"] = $"{hands.Pool(relation)}",
        }));

    /// <summary>A file to import that a stranger uploaded; who sees every import sees it.</summary>
    public static readonly Sample Import = new("import", [Relation.Foreign], (who, relation) => who.Reaches(Permission.ImportLeads, relation), async (hands, _, _) =>
    {
        using var form = Upload("file", "leads.csv", Encoding.UTF8.GetBytes("姓名,电话\n张三,13800138000\n"));
        using var answer = await hands.ProgramOf(hands.Stranger).PostAsync(new Uri("/api/v1/imports", UriKind.Relative), form, Testing.Office.Ct);
        var body = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Testing.Office.Ct)).RootElement;
        var id = body.GetProperty("import").GetProperty("id").GetString()!;
        return new Dictionary<string, string> { ["id"] = id, ["Id"] = id };
    });

    /// <summary>A file of accounts or opportunities that a stranger uploaded.</summary>
    public static Sample RecordImport(string name, Permission permission) => new($"import of {name}", [Relation.Foreign], (who, relation) => who.Reaches(permission, relation), async (hands, _, _) =>
    {
        using var form = Upload("file", "records.csv", Encoding.UTF8.GetBytes("公司,金额\n北京纷扬科技有限公司,1\n"));
        using var answer = await hands.ProgramOf(hands.Stranger).PostAsync(new Uri($"/api/v1/{name}/imports", UriKind.Relative), form, Testing.Office.Ct);
        var id = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Testing.Office.Ct)).RootElement.GetProperty("import").GetProperty("id").GetString()!;
        return new Dictionary<string, string> { ["id"] = id, ["Id"] = id };
    });

    /// <summary>A view of the list, shared with everybody, that only its author changes.</summary>
    public static readonly Sample View = Sample.Private("view", (hands, owner) =>
    {
        var id = Guid.NewGuid();
        return hands.Add(id, new SavedView { Id = id, UserId = owner, Page = "leads", Name = hands.Fresh("view"), Query = "", Shared = true });
    });

    /// <summary>A template of follow-ups of one's own.</summary>
    public static readonly Sample Template = Sample.Private("template", (hands, owner) =>
    {
        var id = Guid.NewGuid();
        return hands.Add(id, new FollowUpTemplate { Id = id, UserId = owner, Name = hands.Fresh("template"), Method = FollowUpMethod.Call, Content = "已电话沟通" });
    });

    /// <summary>A key with which a program acts for somebody.</summary>
    public static readonly Sample ApiKey = Sample.Private("key", async (hands, owner) => Hands.Id(await Testing.Office.Post(hands.ProgramOf(owner), "/api/v1/api-keys", new { name = "spare" })));

    /// <summary>Somebody who works here; everybody sees who does.</summary>
    public static readonly Sample Person = Sample.Common("person", hands => hands.Hire(hands.Fresh("somebody"), "delivery", null));

    /// <summary>Leave that somebody asked for; it waits to be decided by who plans for them.</summary>
    public static readonly Sample Leave = new(
        "leave", Owned, (who, relation) => relation == Relation.Own || who.Holds(Permission.ManagePeople) || who.Reaches(Permission.AssignLeads, relation), async (hands, who, relation) =>
        {
            var (id, day) = (Guid.NewGuid(), new DateOnly(2027, 3, 1));
            return Sample.One(await hands.Add(id, new LeaveRequest { Id = id, UserId = hands.Owner(who, relation), FirstDay = day, LastDay = day, AskedBy = hands.Owner(who, relation), AskedAt = DateTimeOffset.UnixEpoch }));
        });

    /// <summary>A department.</summary>
    public static readonly Sample Department = Sample.Common("department", async hands => Hands.Id(await Testing.Office.Post(hands.Admin, "/api/v1/departments", new { name = hands.Fresh("department") })));

    /// <summary>A file in the form that browsers send it.</summary>
    public static MultipartFormDataContent Upload(string field, string name, byte[] content)
    {
        var part = new ByteArrayContent(content);
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return new MultipartFormDataContent { { part, field, name } };
    }
}
